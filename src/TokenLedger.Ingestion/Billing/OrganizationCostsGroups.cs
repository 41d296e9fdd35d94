namespace TokenLedger.Ingestion.Billing;

/// <summary>By what the rows of an answer of OpenAI's costs are told apart.</summary>
/// <param name="ByLineItem">By line item; without it nothing tells what the money is for.</param>
/// <param name="ByProject">By project: a row without one is no project's.</param>
/// <param name="ByKey">By API key: a row without one is no key's.</param>
internal readonly record struct OrganizationCostsGroups(bool ByLineItem, bool ByProject, bool ByKey)
{
    /// <summary>What its address says; without one, what any of its rows name.</summary>
    public static OrganizationCostsGroups Of(IReadOnlyList<CostPage> report)
    {
        return new OrganizationCostsGroups(
            IsBy("line_item", "lineitem"), IsBy("project_id", "projectid"), IsBy("api_key_id", "apikeyid"));

        bool IsBy(string group, string column) => report[0].Address is { IsKnown: true } address
            ? address.Groups.Contains(group, StringComparer.Ordinal)
            : report.Any(page => page.Answer.Buckets.Exists(
                bucket => bucket.Items.Exists(cells => cells[column] is not null)));
    }
}
