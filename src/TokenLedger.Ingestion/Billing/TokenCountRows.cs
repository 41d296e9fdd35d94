using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Understands one row of a provider's counts of tokens: a charge of no money for each kind it has.</summary>
internal static class TokenCountRows
{
    private const string Unit = "tokens";

    // What the provider estimates of a person's money, which its bill has too.
    private const string EstimateUnit = "estimated USD cents";

    // The workspace that every organisation of Anthropic has and that has no id.
    private const string DefaultWorkspace = "default";

    /// <summary>The row's kinds; null when it was rejected, which the log then says.</summary>
    public static IReadOnlyList<BillRow>? Read(
        BillCells cells, DateOnly day, TokenCountForm form, CostReportAddress address, KnownTexts texts, BillLog log)
    {
        if (cells["model"] is not { } model)
        {
            log.Reject(cells.Line, day, BillCodes.NotGrouped,
                "The row does not say of which model it is: ask with group_by[]=model.");
            return null;
        }

        if (CountsOf(cells, form) is not { } counts)
        {
            log.Reject(cells.Line, day, BillCodes.BadFigure,
                "The row lacks a count, or has one that is no whole number of tokens: fetch the report again.");
            return null;
        }

        var name = texts.ModelOf(model);
        var names = NamesOf(cells, form, address) with { Model = Dimension.ValueOrNotNamed(name.Canonical) };
        var key = NaturalKey.Of(cells, IsKeyColumn);
        var rows = counts.Where(count => count.Tokens > 0).Select(count =>
            Make($"{key}:{count.Kind}", names with { TokenKind = count.Kind }, count.Tokens, Unit)).ToList();
        if (form.EstimatedCents is { } estimate && new RowFigures(cells).Read(estimate) is { } cents
            && string.Equals(
                cells["estimatedcostcurrency"], Money.LedgerCurrency, StringComparison.OrdinalIgnoreCase))
            rows.Add(Make($"{key}:estimated", names, cents, EstimateUnit));
        return rows;

        BillRow Make(string naturalKey, ChargeDimensions dimensions, decimal quantity, string unit) => new()
        {
            Line = cells.Line,
            Day = day,
            NaturalKey = naturalKey,
            Channel = form.Channel,
            Class = new SkuClass(SkuFamily.TokenCounts, ChargeCategory.TokenCount),
            ModelText = model,
            IsAutoSelected = name.IsAutoSelected,
            Dimensions = dimensions,
            Quantity = quantity,
            Unit = unit,
            GrossUsd = 0,
        };
    }

    // What is not counted is not 0: a row that lacks a kind would equal ours by mistake.
    private static List<(TokenKind Kind, long Tokens)>? CountsOf(BillCells cells, TokenCountForm form)
    {
        var figures = new RowFigures(cells);
        var counts = form.Columns.Select(kind => (kind.Kind, Tokens: figures.ReadCount(kind.Column))).ToList();
        if (form.InclusiveInput is { } input)
            counts = WithFresh(counts, figures.ReadCount(input), figures.ReadCount(form.FreshInput!));
        return figures.BadColumn is null && counts.TrueForAll(count => count.Tokens >= 0)
            ? [.. counts.Select(count => (count.Kind, count.Tokens!.Value))]
            : null;
    }

    // Input = fresh + read + written. Whichever one of the parts is not told follows from the others.
    private static List<(TokenKind Kind, long? Tokens)> WithFresh(
        List<(TokenKind Kind, long? Tokens)> counts, long? input, long? told)
    {
        var parts = counts.Where(count => count.Kind is not TokenKind.Output)
            .Append((Kind: TokenKind.Input, Tokens: told)).ToList();
        if (parts.Count(part => part.Tokens is null) == 1)
        {
            var at = parts.FindIndex(part => part.Tokens is null);
            parts[at] = (parts[at].Kind, input - parts.Sum(part => part.Tokens ?? 0));
        }
        else if (parts.Sum(part => part.Tokens) != input)
        {
            parts[^1] = (TokenKind.Input, null);
        }

        return [.. counts.Where(count => count.Kind is TokenKind.Output), .. parts];
    }

    private static ChargeDimensions NamesOf(BillCells cells, TokenCountForm form, CostReportAddress address)
    {
        var isAnthropic = form.Channel == Channel.Anthropic;
        if (form.View == BillView.ClaudeCodeUsage)
        {
            return new ChargeDimensions
            {
                User = Dimension.ValueOrNotNamed(cells["actoremailaddress"]),
                ApiKey = Dimension.ValueOrNotNamed(cells["actorapikeyname"]),
            };
        }

        return new ChargeDimensions
        {
            Workspace = isAnthropic && address.IsByWorkspace
                ? Dimension.Value(cells["workspaceid"] ?? DefaultWorkspace)
                : Dimension.NotNamed,
            Project = isAnthropic ? Dimension.NotNamed
                : address.Groups.Contains("project_id", StringComparer.Ordinal)
                    ? Dimension.ValueOrNobody(cells["projectid"])
                    : Dimension.ValueOrNotNamed(cells["projectid"]),
            ApiKey = Dimension.ValueOrNotNamed(cells["apikeyid"]),
            ServiceTier = Dimension.ValueOrNotNamed(
                cells["batch"] is "true" ? "batch" : cells["servicetier"]?.ToLowerInvariant()),
        };
    }

    // A closed list: a column that is added later, be it a count, changes the id of no row.
    private static bool IsKeyColumn(string name) => name is "model" or "servicetier" or "contextwindow"
        or "inferencegeo" or "workspaceid" or "apikeyid" or "accountid" or "serviceaccountid" or "projectid"
        or "userid" or "batch" or "actortype" or "actoremailaddress" or "actorapikeyname" or "customertype"
        or "subscriptiontype" or "terminaltype" or "isremote" or "organizationid";
}
