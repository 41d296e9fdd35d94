using System.Globalization;

namespace TokenLedger.Ingestion.Billing;

/// <summary>What the address of a stored page of a cost report says.</summary>
/// <remarks>Paths and parameters: Anthropic's API reference and OpenAI's API schema, 2026-08.</remarks>
internal sealed record CostReportAddress
{
    private const int MostParameters = 100;

    /// <summary>Whether there is an address at all.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>Whether it is Anthropic's report; another report of the same form is another bill.</summary>
    public bool IsCostReport { get; private init; }

    /// <summary>Whether it is of OpenAI's costs; its other reports have the same form.</summary>
    public bool IsOrganizationCosts { get; private init; }

    /// <summary>The path, without a slash at its end; empty where there is no address.</summary>
    private string AbsolutePath { get; init; } = "";

    /// <summary>The cursor of the page; null for the first one.</summary>
    public string? Page { get; private init; }

    /// <summary>What was asked, without the cursor: the pages of one bill have it in common.</summary>
    public string Question { get; private init; } = "";

    /// <summary>Whether rows of several workspaces are told apart: an answer without an address is taken so.</summary>
    public bool IsByWorkspace { get; private init; } = true;

    /// <summary>By what the rows are told apart.</summary>
    public IReadOnlyList<string> Groups { get; private init; } = [];

    /// <summary>From when on costs were asked for, inclusive, in Unix seconds; null when unsaid.</summary>
    public long? StartTime { get; private init; }

    /// <summary>The day of persons that was asked for, as <c>starting_at</c> has it; null when unsaid.</summary>
    public string? Date { get; private init; }

    /// <summary>Until when, exclusive, in Unix seconds; null when unsaid.</summary>
    public long? EndTime { get; private init; }

    /// <summary>Whether the path ends so.</summary>
    public bool EndsWith(string path) => AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    /// <summary>An address; one that says nothing when the text is none.</summary>
    public static CostReportAddress Of(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            return new CostReportAddress();
        var parameters = address.Query.TrimStart('?').Split('&', MostParameters)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Uri.UnescapeDataString(pair[0]), Value: Uri.UnescapeDataString(pair[^1])))
            .ToList();
        return new CostReportAddress
        {
            IsKnown = true,
            AbsolutePath = address.AbsolutePath.TrimEnd('/'),
            IsCostReport = address.AbsolutePath.TrimEnd('/').EndsWith(
                "/organizations/cost_report", StringComparison.Ordinal),
            IsOrganizationCosts = address.AbsolutePath.TrimEnd('/').EndsWith(
                "/organization/costs", StringComparison.Ordinal),
            Page = parameters.Where(pair => pair.Name is "page").Select(pair => pair.Value).FirstOrDefault(),
            Question = string.Join(
                '\n', parameters.Where(pair => pair.Name is not "page").Select(pair => pair.ToString())
                    .Order(StringComparer.Ordinal).Prepend(address.AbsolutePath)),
            IsByWorkspace = parameters.Contains(("group_by[]", "workspace_id")),
            // How a list is spelled is not in OpenAI's schema.
            Groups = [.. parameters.Where(pair => pair.Name is "group_by[]" or "group_by")
                .SelectMany(pair => pair.Value.Split(','))],
            StartTime = SecondsOf("start_time"),
            EndTime = SecondsOf("end_time"),
            Date = parameters.Where(pair => pair.Name is "starting_at" && pair.Value.Length == "yyyy-MM-dd".Length)
                .Select(pair => pair.Value).FirstOrDefault(),
        };

        long? SecondsOf(string name) => long.TryParse(
            parameters.Find(pair => string.Equals(pair.Name, name, StringComparison.Ordinal)).Value,
            NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
    }
}
