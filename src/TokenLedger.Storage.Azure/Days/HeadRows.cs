using Azure;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Heads of days as rows of <c>settlements</c>.</summary>
internal static class HeadRows
{
    public static readonly TableColumns Columns = new()
    {
        { "day", TableColumnKind.Text }, { "accountsource", TableColumnKind.Text },
        { "accountkind", TableColumnKind.Text }, { "accountname", TableColumnKind.Text },
        { "status", TableColumnKind.Text }, { "observations", TableColumnKind.Int32 },
        { "firstseenat", TableColumnKind.Text }, { "lastchangedat", TableColumnKind.Text },
        { "revision", TableColumnKind.Int64 }, { "inputhash", TableColumnKind.Text },
        { "reconciledat", TableColumnKind.Text }, { "estimatedaicredits", TableColumnKind.Text },
        { "billedgrossnanocredits", TableColumnKind.Int64 }, { "billednetnanocredits", TableColumnKind.Int64 },
        { "allocatedgrossnanocredits", TableColumnKind.Int64 },
        { "unallocatedgrossnanocredits", TableColumnKind.Int64 }, { "runs", TableColumnKind.Int32 },
        { "unpricedrequests", TableColumnKind.Int64 }, { "generation", TableColumnKind.Text },
        { "dailycosts", TableColumnKind.Int32 }, { "costsrevision", TableColumnKind.Int64 },
        { "writer", TableColumnKind.Text }, { "completer", TableColumnKind.Text },
        { "hasovertaken", TableColumnKind.Boolean }, { "reason", TableColumnKind.Text },
        { "revisionkind", TableColumnKind.Text }, { "settledat", TableColumnKind.Text },
        { "billhash", TableColumnKind.Text }, { "resulthash", TableColumnKind.Text },
    };

    public static string Partition(DateOnly day) => RowText.Of(day);

    public static string Key(BillingAccount account) => TableKey.Encode(account.Key);

    /// <summary>The row of a head.</summary>
    public static TableEntity ToRow(StoredDay day) =>
        ToRow(day, Partition(day.Head.Settlement.Day), Key(day.Head.Settlement.Account));

    /// <summary>The row of a head that a later revision takes the place of, in <c>revisions</c>.</summary>
    public static TableEntity ToRevisionRow(StoredDay day) => ToRow(
        day, DayKeys.Partition(day.Head.Settlement.Account, day.Head.Settlement.Day),
        RowText.Narrow(day.Head.Revision));

    private static TableEntity ToRow(StoredDay day, string partition, string key)
    {
        var settlement = day.Head.Settlement;
        var totals = day.Head.Totals;
        var change = day.Head.Change;
        return new LedgerRow(partition, key)
            .Add("day", settlement.Day)
            .Add("accountkey", settlement.Account.Key)
            .Add("accountsource", settlement.Account.Source)
            .Add("accountkind", settlement.Account.Kind.ToString())
            .Add("accountname", settlement.Account.Name)
            .Add("status", settlement.Status.ToString())
            .Add("observations", settlement.Observations)
            .Add("firstseenat", settlement.FirstSeenAt)
            .Add("lastchangedat", settlement.LastChangedAt)
            .Add("revision", day.Head.Revision)
            .Add("inputhash", day.Head.InputHash)
            .Add("reconciledat", day.Head.ReconciledAt)
            .AddMoney("estimatedaicredits", totals.EstimatedAiCredits)
            .AddNanoCredits("billedgrossnanocredits", "billedgrossusdchart", totals.BilledGrossNanoCredits)
            .AddNanoCredits("billednetnanocredits", "billednetusdchart", totals.BilledNetNanoCredits)
            .AddNanoCredits("allocatedgrossnanocredits", "allocatedgrossusdchart", totals.AllocatedGrossNanoCredits)
            .AddNanoCredits(
                "unallocatedgrossnanocredits", "unallocatedgrossusdchart", totals.UnallocatedGrossNanoCredits)
            .Add("runs", totals.Runs)
            .Add("unpricedrequests", totals.UnpricedRequests)
            .Add("generation", day.Generation)
            .Add("dailycosts", day.DailyCosts)
            .Add("costsrevision", day.CostsRevision)
            .Add("writer", day.Writer.ToString("N"))
            .Add("completer", day.Completer.ToString("N"))
            .Add("hasovertaken", day.HasOvertaken)
            .Add("reason", settlement.Reason?.ToString())
            .Add("revisionkind", change.Kind.ToString())
            .Add("settledat", change.SettledAt)
            .Add("billhash", change.BillHash)
            .Add("resulthash", change.ResultHash)
            .ToEntity();
    }

    public static StoredDay FromRow(TableEntity row) => new(
        new DayHead(
            new DaySettlement(
                new BillingAccount(
                    row.KnownText("accountsource"), row.KnownEnum<BillingAccountKind>("accountkind"),
                    row.KnownText("accountname")),
                row.KnownDay("day"),
                row.KnownEnum<SettlementStatus>("status"),
                row.KnownInt32("observations"),
                row.Time("firstseenat"),
                row.Time("lastchangedat"))
            {
                Reason = row.Text("reason") is null ? null : row.KnownEnum<SettlementReason>("reason"),
            },
            row.KnownInt64("revision"),
            row.KnownText("inputhash"),
            row.KnownTime("reconciledat"),
            new DayTotals(
                row.Money("estimatedaicredits"), row.Int64("billedgrossnanocredits"),
                row.Int64("billednetnanocredits"), row.Int64("allocatedgrossnanocredits"),
                row.Int64("unallocatedgrossnanocredits"), row.KnownInt32("runs"),
                row.KnownInt64("unpricedrequests")))
        {
            Change = ChangeFromRow(row),
        },
        row.KnownText("generation"),
        row.KnownInt32("dailycosts"),
        row.KnownInt64("costsrevision"),
        Guid.ParseExact(row.KnownText("writer"), "N"),
        Guid.ParseExact(row.KnownText("completer"), "N"),
        row.ETag ?? default(ETag))
    {
        // Heads of an earlier version do not say.
        HasOvertaken = row.Boolean("hasovertaken") ?? true,
    };

    private static DayChange ChangeFromRow(TableEntity row) => row.Text("revisionkind") is null
        ? DayChange.OfEarlierVersion(row.KnownEnum<SettlementStatus>("status"), row.KnownTime("reconciledat"))
        : new DayChange(
            row.KnownEnum<RevisionKind>("revisionkind"), row.Time("settledat"), row.KnownText("billhash"),
            row.KnownText("resulthash"));
}
