using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Bills;

/// <summary>Looks at bills as rows of <c>observations</c>.</summary>
internal static class ObservationRows
{
    // 128 bits: texts of any length, of which no two meet by chance.
    private const int DigestCharacters = 32;

    public static readonly TableColumns Columns = new()
    {
        { "accountkey", TableColumnKind.Text }, { "accountsource", TableColumnKind.Text },
        { "accountkind", TableColumnKind.Text }, { "accountname", TableColumnKind.Text },
        { "view", TableColumnKind.Text }, { "day", TableColumnKind.Text }, { "filter", TableColumnKind.Text },
        { "observedat", TableColumnKind.Text }, { "contenthash", TableColumnKind.Text },
        { "isincomplete", TableColumnKind.Boolean }, { "billedgrossusd", TableColumnKind.Text },
        { "rawfile", TableColumnKind.Text }, { "charges", TableColumnKind.Int32 }, { "writer", TableColumnKind.Text },
    };

    /// <summary>All looks at an account's day.</summary>
    public static string Partition(DateOnly day, BillingAccount account) =>
        TableKey.Join(RowText.Of(day), account.Key);

    /// <summary>Looks of one view and filter lie side by side, in order of time.</summary>
    public static string Key(Observation look) => ViewPrefix(look) + RowText.Of(look.ObservedAt) + "|"
        + Digest(look.ContentHash);

    public static string ViewPrefix(Observation look) =>
        $"{RowText.Narrow((int)look.View)}|{Digest(look.Filter)}|";

    /// <summary>The charges of one look.</summary>
    public static string ChargePartition(DateOnly day, string accountKey, string lookKey) =>
        TableKey.Join(RowText.Of(day), accountKey, Digest(lookKey));

    public static TableEntity ToRow(Observation look, Guid writer)
    {
        return new LedgerRow(Partition(look.Day, look.Account), Key(look))
            .Add("accountkey", look.Account.Key)
            .Add("accountsource", look.Account.Source)
            .Add("accountkind", look.Account.Kind.ToString())
            .Add("accountname", look.Account.Name)
            .Add("view", look.View.ToString())
            .Add("viewrank", (int)look.View)
            .Add("day", look.Day)
            .Add("filter", look.Filter)
            .Add("observedat", look.ObservedAt)
            .Add("contenthash", look.ContentHash)
            .AddMoney("billedgrossusd", AiCredits.UsdFromNanoCredits(look.GrossNanoCredits))
            .Add("rawfile", look.RawFile)
            .Add("isincomplete", look.IsIncomplete)
            .Add("charges", look.Charges.Count)
            .Add("writer", writer.ToString("N"))
            .ToEntity();
    }

    public static BillingAccount AccountFromRow(TableEntity row) => new(
        row.KnownText("accountsource"), row.KnownEnum<BillingAccountKind>("accountkind"), row.KnownText("accountname"));

    public static Observation FromRow(TableEntity row, IReadOnlyList<Charge> charges) => new(
        AccountFromRow(row),
        row.KnownEnum<BillView>("view"),
        row.KnownDay("day"),
        row.KnownText("filter"),
        row.KnownTime("observedat"),
        row.KnownText("contenthash"),
        AiCredits.NanoCreditsFromUsd(row.KnownMoney("billedgrossusd")),
        row.KnownText("rawfile"),
        charges)
    {
        IsIncomplete = row.KnownBoolean("isincomplete"),
    };

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestCharacters];
}
