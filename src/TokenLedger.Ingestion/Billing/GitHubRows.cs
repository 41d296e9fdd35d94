using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Understands a row of any of GitHub's answers and reports by the names of its columns.</summary>
/// <remarks>
/// Columns: GitHub REST description 2026-03-10 and copilot-billing-preview report format, read 2026-07 to 2026-08.
/// </remarks>
internal static class GitHubRows
{
    /// <summary>The row; null when it was rejected, which the log then says.</summary>
    public static BillRow? Read(BillCells cells, GitHubRowScope scope, BillLog log, BillChecks checks)
    {
        if (DayOf(cells, scope, log) is not { } day)
            return null;
        if (cells.First("costcentername", "costcenter") is { } center && scope.CostCenter is { } asked
            && !GitHubAccount.Same(center, asked))
        {
            log.Reject(cells.Line, day, BillCodes.Contradiction,
                $"The row is of the cost centre {ShownText.Of(center)}, not {ShownText.Of(asked)}: "
                + "correct --cost-center.");
            return null;
        }

        var figures = new RowFigures(cells);
        var gross = figures.Read("grossamount");
        var quantity = figures.Read("quantity", "grossquantity");
        var row = ReadFigures(cells, scope, figures, day, gross ?? 0, quantity);
        if (figures.BadColumn is { } bad)
        {
            log.Reject(cells.Line, day, BillCodes.BadFigure,
                $"The column {bad} is no figure this ledger can hold: correct it, or export the report again.");
            return null;
        }

        if (gross is null)
        {
            log.Reject(cells.Line, day, BillCodes.NoGross,
                "The row has no gross amount, and an unknown amount is not 0: export the report again.");
            return null;
        }

        checks.Look(row, quantity, row.UnitPriceUsd);
        return row;
    }

    /// <summary>Whether a folded column name is part of a row's natural key; the day has a place of its own.</summary>
    public static bool IsKeyColumn(string name) =>
        name is not ("date" or "input" or "output" or "cacheread" or "cachewrite" or "totalmonthlyquota"
            or "appliedcostperquantity" or "priceperunit")
        && !name.EndsWith("quantity", StringComparison.Ordinal)
        && !name.EndsWith("amount", StringComparison.Ordinal)
        && !name.EndsWith("tokens", StringComparison.Ordinal);

    private static BillRow ReadFigures(
        BillCells cells, GitHubRowScope scope, RowFigures figures, DateOnly day, decimal gross, decimal? quantity)
    {
        var product = cells["product"];
        var sku = cells["sku"];
        var unit = cells["unittype"];
        var model = cells["model"];
        var path = WorkflowPath(cells["workflowpath"]);
        var organization = cells.First("organization", "organizationname") ?? scope.Organization;
        return new BillRow
        {
            Line = cells.Line,
            Day = day,
            NaturalKey = NaturalKey.Of(cells, IsKeyColumn),
            Channel = Channel.Copilot,
            Class = scope.Texts.ClassOf(new SkuText(product, sku, unit, model, path)),
            Product = product,
            Sku = sku,
            ModelText = model,
            IsAutoSelected = model is not null && scope.Texts.ModelOf(model).IsAutoSelected,
            Dimensions = DimensionsOf(cells, scope, path, organization),
            Organization = organization,
            Quantity = quantity,
            Unit = unit,
            UnitPriceUsd = figures.Read("appliedcostperquantity", "priceperunit"),
            GrossUsd = gross,
            NetUsd = figures.Read("netamount"),
            DiscountUsd = figures.Read("discountamount"),
            Tokens = TokensOf(figures),
        };
    }

    private static ChargeDimensions DimensionsOf(
        BillCells cells, GitHubRowScope scope, string? path, string? organization)
    {
        var user = cells.First("username", "user") ?? scope.User;
        return new ChargeDimensions
        {
            Repository = Dimension.ValueOrNotNamed(
                Qualified(cells.First("repository", "repositoryname") ?? scope.Repository, organization)),
            WorkflowPath = Dimension.ValueOrNotNamed(path),
            User = scope.EmptyUserIsNobody ? Dimension.ValueOrNobody(user) : Dimension.ValueOrNotNamed(user),
            CostCenter = Dimension.ValueOrNotNamed(
                cells.First("costcentername", "costcenter") ?? scope.CostCenter),
            Model = cells["model"] is { } model
                ? Dimension.ValueOrNotNamed(scope.Texts.ModelOf(model).Canonical)
                : Dimension.NotNamed,
        };
    }

    private static DateOnly? DayOf(BillCells cells, GitHubRowScope scope, BillLog log)
    {
        if (cells["date"] is { } text)
        {
            if (BillDate.TryReadDay(text, out var day))
                return day;
            log.Reject(cells.Line, null, BillCodes.BadDate,
                "The date is none of YYYY-MM-DD, M/D/YY, MM/DD/YYYY or an ISO 8601 instant: correct it.");
            return null;
        }

        if (scope.Day is null)
        {
            log.Reject(cells.Line, null, BillCodes.NoDay,
                "The row names no day; ask the API with day=, or pass --day YYYY-MM-DD.");
        }

        return scope.Day;
    }

    private static BilledTokens? TokensOf(RowFigures figures)
    {
        var input = figures.ReadCount("input", "totalinputtokens");
        var output = figures.ReadCount("output", "totaloutputtokens");
        var read = figures.ReadCount("cacheread", "totalcachereadtokens");
        var written = figures.ReadCount("cachewrite", "totalcachecreationtokens", "totalcachewritetokens");
        return input is { } i && output is { } o && read is { } r && written is { } w
            ? new BilledTokens(i, o, r, w)
            : null;
    }

    // GitHub names a repository with its owner in usage answers and without in summaries.
    private static string? Qualified(string? repository, string? organization) =>
        repository is null || organization is null || repository.Contains('/', StringComparison.Ordinal)
            ? repository
            : $"{organization.Trim()}/{repository.Trim()}";

    // A path may carry the ref it ran at: .github/workflows/x.lock.yml@refs/heads/main.
    private static string? WorkflowPath(string? path)
    {
        var at = path?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        return at > 0 ? path![..at] : path;
    }
}
