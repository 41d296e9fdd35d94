namespace TokenLedger.Application.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Key">Its name in JSON and CSV.</param>
/// <param name="Header">Its heading for people.</param>
/// <param name="Kind">How its values are written.</param>
/// <param name="Priority">0 stays; on a narrow terminal the highest is dropped first.</param>
public sealed record Column(string Key, string Header, ColumnKind Kind = ColumnKind.Text, int Priority = 0)
{
    /// <summary>A terminal shows the column only where the one of this key has a value; null: always.</summary>
    public string? OnlyWith { get; init; }
}
