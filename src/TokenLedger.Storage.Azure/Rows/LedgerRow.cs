using System.Globalization;
using TokenLedger.Domain.Credits;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>
/// A row on its way into a table. What is unknown is left out and named in <c>unknownfields</c>: it is never 0.
/// </summary>
internal sealed class LedgerRow(string partitionKey, string rowKey)
{
    public const string UnknownFields = "unknownfields";

    // A cut may leave half a surrogate pair, whose replacement is no longer than it.
    private const int CharactersMax = TableLimits.TextCharactersMax;

    private readonly TableEntity entity = new(partitionKey, rowKey);
    private readonly List<string> unknown = [];

    /// <remarks>A name that is longer than a column is none that anybody gave: it is cut.</remarks>
    public LedgerRow Add(string column, string? text) =>
        AddValue(column, text is null ? default : RowText.Storable(text[..Math.Min(text.Length, CharactersMax)]));

    public LedgerRow Add(string column, long? number) =>
        AddValue(column, number is { } known ? known : default(TableValue));

    public LedgerRow Add(string column, int number) => AddValue(column, number);

    public LedgerRow Add(string column, bool flag) => AddValue(column, flag);

    public LedgerRow Add(string column, DateOnly day) => AddValue(column, RowText.Of(day));

    public LedgerRow Add(string column, DateTimeOffset? time) =>
        AddValue(column, time is { } known ? RowText.Of(known) : default(TableValue));

    /// <summary>Exact as text; beside it, for charts only, as a double.</summary>
    public LedgerRow AddMoney(string column, decimal? money) => AddValue(
            column, money is { } known ? known.ToString(CultureInfo.InvariantCulture) : default(TableValue))
        .AddChart(column + "chart", money);

    /// <summary>Exact as nano-credits; beside it, for charts only, in US dollars as a double.</summary>
    public LedgerRow AddNanoCredits(string column, string chartColumn, long? nanoCredits) => Add(column, nanoCredits)
        .AddChart(chartColumn, nanoCredits is { } known ? AiCredits.UsdFromNanoCredits(known) : null);

    /// <summary>A text that may be longer than a column: it goes on in columns with a number.</summary>
    public LedgerRow AddLong(string column, string text)
    {
        foreach (var (name, part) in LongText.Split(column, RowText.Storable(text)))
            entity[name] = part;
        return this;
    }

    public TableEntity ToEntity()
    {
        entity[UnknownFields] = string.Join(',', unknown.Order(StringComparer.Ordinal));
        return entity;
    }

    private LedgerRow AddChart(string column, decimal? money) =>
        AddValue(column, money is { } known ? (double)known : default(TableValue));

    private LedgerRow AddValue(string column, TableValue value)
    {
        if (value.HasValue)
            entity[column] = value;
        else
            unknown.Add(column);
        return this;
    }
}
