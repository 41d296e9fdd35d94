namespace TokenLedger.Storage.Azure.Tables;

/// <summary>What to read of a table, in the order of the keys.</summary>
public sealed record TableQuery
{
    /// <summary>Null: every row.</summary>
    public TableFilter? Filter { get; init; }

    /// <summary>Only these columns, which the reader must know. Null: all that it knows.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Rows in one answer, 1 to 1000. Null: as many as the service likes to send.</summary>
    public int? Top { get; init; }

    /// <summary>The walk ends after so many rows. Null: at the end of the table.</summary>
    public long? RowsMax { get; init; }

    /// <summary>Reads the rows' ETags too, which makes the answers longer.</summary>
    public bool WithETags { get; init; }

    /// <summary>A walk that is not at its end after so many answers is broken off with an error.</summary>
    /// <remarks>Enough for ten million rows; answers may be empty.</remarks>
    public int PagesMax { get; init; } = 10_000;
}
