using CsvHelper;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Walks a CSV file row by row by the names of its columns; what is no row becomes a problem.</summary>
internal sealed class CsvRows
{
    private const int MostHeaderBytes = 256 * 1024;

    private readonly ReadOnlyMemory<byte> content;
    private readonly BillLog log;
    private readonly char separator;

    public CsvRows(ReadOnlyMemory<byte> content, BillLog log)
    {
        this.content = content;
        this.log = log;
        separator = SeparatorOf(content.Span);
    }

    /// <summary>The folded names of the columns, in the file's order; unnamed columns are empty texts.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Reads the file.</summary>
    /// <param name="accept">Told the columns; false ends the reading before the first row.</param>
    /// <param name="take">Given every whole row.</param>
    public void Read(Func<IReadOnlySet<string>, bool> accept, Action<BillCells> take)
    {
        try
        {
            using var reader = CsvReader.Create(content, OptionsFor());
            reader.ReadHeader();
            Columns = [.. reader.Headers.Select(BillCells.Fold)];
            if (!HasUsableHeader(reader) || !accept(Columns.ToHashSet(StringComparer.Ordinal)))
                return;
            while (reader.Read())
            {
                if (!log.CountRow())
                {
                    log.Reject(reader.LineNumber, null, BillCodes.TooManyRows,
                        "The file has more than 5 000 000 rows; the rest was not read: split it by day.");
                    return;
                }

                if (CellsOf(reader) is { } cells)
                    take(cells);
            }
        }
        catch (CsvFormatException malformed)
        {
            log.Reject(malformed.LineNumber, null, BillCodes.MalformedRecord,
                "The file cannot be read from here on: export the report again.");
        }
    }

    private CsvReaderOptions OptionsFor() => new()
    {
        Separator = separator,
        // No column of a bill holds a line break. With this off, one stray quote costs one row and not the file's rest.
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        OnMalformedRecord = Reject,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        PoolStrings = true,
    };

    private bool HasUsableHeader(CsvReader reader)
    {
        if (Columns.Count > BillLimits.Columns)
        {
            log.Problem(1, BillCodes.Unrecognised, "The header has over a thousand columns: this is no bill.");
            return false;
        }

        var twice = Columns
            .Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1);
        if (twice is null)
            return true;
        var shown = reader.Headers.First(
            header => string.Equals(BillCells.Fold(header), twice.Key, StringComparison.Ordinal));
        log.Problem(1, BillCodes.DuplicateColumn,
            $"The header names the column {ShownText.Of(shown)} twice, so its rows cannot be trusted: "
            + "export the report again.");
        return false;
    }

    private BillCells? CellsOf(CsvReader reader)
    {
        var cells = new BillCells(reader.LineNumber);
        for (var i = 0; i < Columns.Count; i++)
        {
            if (reader.GetSpan(i).Length > BillLimits.FieldBytes)
            {
                log.Reject(reader.LineNumber, DayIn(reader), BillCodes.LongField,
                    "A cell is longer than 1 MiB: export the report again.");
                return null;
            }

            if (Columns[i].Length > 0)
                cells.TryAdd(Columns[i], reader.GetString(i));
        }

        return cells;
    }

    private DateOnly? DayIn(CsvReader reader)
    {
        const int LongestDate = 40;
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] is "date" or "chargeperiodstart" && reader.GetSpan(i).Length <= LongestDate)
                return BillDate.TryReadDay(reader.GetString(i).Trim(), out var day) ? day : null;
        }

        return null;
    }

    private void Reject(CsvMalformedRecord record)
    {
        log.CountRow();
        var fault = record.Reason == CsvMalformedReason.FieldCountMismatch
            ? "does not have as many cells as the header"
            : "has a quote that does not close or stands alone";
        log.Reject(record.LineNumber, LeadingDay(record.RawRecord), BillCodes.MalformedRecord,
            $"The row {fault}: it may be cut off; export the report again.");
    }

    // Where cells are missing, only the first one is surely in its place.
    private DateOnly? LeadingDay(string rawRecord)
    {
        const int LongestDate = 40;
        if (Columns.Count == 0 || Columns[0] is not ("date" or "chargeperiodstart"))
            return null;
        var end = rawRecord.IndexOf(separator, StringComparison.Ordinal);
        return end is > 0 and <= LongestDate && BillDate.TryReadDay(rawRecord[..end].Trim('"', ' '), out var day)
            ? day
            : null;
    }

    private static char SeparatorOf(ReadOnlySpan<byte> content)
    {
        var header = content[..Math.Min(content.Length, MostHeaderBytes)];
        var end = header.IndexOf((byte)'\n');
        if (end >= 0)
            header = header[..end];
        var best = ',';
        foreach (var candidate in ";\t|")
        {
            if (header.Count((byte)candidate) > header.Count((byte)best))
                best = candidate;
        }

        return best;
    }
}
