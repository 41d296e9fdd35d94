using Microsoft.Data.Sqlite;
using TokenLedger.Application.Records;

namespace TokenLedger.Storage.Sqlite.Records;

/// <summary>
/// The statements of one record table, and its rows. Names are those of declarations, never outside text.
/// </summary>
internal sealed class RecordSql
{
    private const string ChartSuffix = "chart";
    private const string UsdChartSuffix = "usdchart";

    private readonly RecordTable table;

    public RecordSql(RecordTable table)
    {
        this.table = table;
        foreach (var name in table.Columns.Select(column => column.Name).Prepend(table.Name))
        {
            if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)))
                throw new ArgumentException($"'{name}' is no name of a record table or column.", nameof(table));
        }

        var stored = table.Columns.SelectMany(StoredNames).ToList();
        Select = $"SELECT {string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\"")
            .Prepend("version").Prepend("rowkey").Prepend("partitionkey"))} FROM \"{table.Name}\" ";
        Insert = $"INSERT INTO \"{table.Name}\" (partitionkey, rowkey, version{
            string.Concat(stored.Select(name => $", \"{name}\""))}) VALUES ($partitionkey, $rowkey, $version{
            string.Concat(stored.Select(name => ", $" + name))}) ";
        Upsert = Insert + "ON CONFLICT (partitionkey, rowkey) DO UPDATE SET version = excluded.version"
            + string.Concat(stored.Select(name => $", \"{name}\" = excluded.\"{name}\""));
        Update = $"UPDATE \"{table.Name}\" SET version = $version{
            string.Concat(stored.Select(name => $", \"{name}\" = ${name}"))} "
            + "WHERE partitionkey = $partitionkey AND rowkey = $rowkey AND version = $expected";
    }

    public string Select { get; }

    public string Insert { get; }

    public string Upsert { get; }

    public string Update { get; }

    /// <summary>What is missing of the table: nothing, or statements that make it.</summary>
    public IEnumerable<string> Missing(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var look = connection.Statement(
            "SELECT name FROM pragma_table_info($table)", ("$table", table.Name));
        look.Transaction = transaction;
        var known = new HashSet<string>(StringComparer.Ordinal);
        using (var row = look.ExecuteReader())
        {
            while (row.Read())
                known.Add(row.GetString(0));
        }

        var columns = table.Columns.SelectMany(column => StoredNames(column).Zip(StoredTypes(column)))
            .Select(column => (Name: column.First, Definition: $"\"{column.First}\" {column.Second}"))
            .ToList();
        if (known.Count == 0)
        {
            yield return $"CREATE TABLE \"{table.Name}\" (partitionkey TEXT NOT NULL, rowkey TEXT NOT NULL, "
                + $"version TEXT NOT NULL{string.Concat(columns.Select(column => ", " + column.Definition))}, "
                + "PRIMARY KEY (partitionkey, rowkey)) WITHOUT ROWID;";
            yield break;
        }

        foreach (var (_, definition) in columns.Where(column => !known.Contains(column.Name)))
            yield return $"ALTER TABLE \"{table.Name}\" ADD COLUMN {definition};";
    }

    /// <summary>A statement with a row's keys, a new version and its values.</summary>
    public SqliteCommand Bind(SqliteConnection connection, string sql, RecordRow row, string version)
    {
        var command = connection.Statement(
            sql, ("$partitionkey", row.PartitionKey), ("$rowkey", row.RowKey), ("$version", version));
        foreach (var column in table.Columns)
        {
            foreach (var (name, value) in StoredNames(column).Zip(StoredValues(column, row[column.Name])))
                command.Parameters.AddWithValue("$" + name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>A row of <see cref="Select"/>.</summary>
    public StoredRecord Read(SqliteDataReader reader)
    {
        var row = new RecordRow(table, reader.GetString(0), reader.GetString(1));
        for (var at = 0; at < table.Columns.Count; at++)
        {
            var (name, index) = (table.Columns[at].Name, at + 3);
            if (reader.IsDBNull(index))
                continue;
            _ = table.Columns[at].Kind switch
            {
                RecordColumnKind.Text or RecordColumnKind.LongText => row.Set(name, reader.GetString(index)),
                RecordColumnKind.Integer or RecordColumnKind.NanoCredits => row.Set(name, reader.GetInt64(index)),
                RecordColumnKind.Flag => row.Set(name, reader.GetBoolean(index)),
                RecordColumnKind.Day => row.Set(name, reader.Day(index)),
                RecordColumnKind.Time => row.Set(name, reader.Time(index)),
                RecordColumnKind.Number => row.Set(name, reader.Money(index)),
                var other => throw new InvalidOperationException($"{other} is no kind of column."),
            };
        }

        return new StoredRecord(row, reader.GetString(2));
    }

    private static IEnumerable<string> StoredNames(RecordColumn column) => column.Kind switch
    {
        RecordColumnKind.Number => [column.Name, column.Name + ChartSuffix],
        RecordColumnKind.NanoCredits => [column.Name, column.Name + UsdChartSuffix],
        _ => [column.Name],
    };

    private static IEnumerable<string> StoredTypes(RecordColumn column) => column.Kind switch
    {
        RecordColumnKind.Number => ["TEXT", "REAL"],
        RecordColumnKind.NanoCredits => ["INTEGER", "REAL"],
        RecordColumnKind.Integer or RecordColumnKind.Flag => ["INTEGER"],
        _ => ["TEXT"],
    };

    private static IEnumerable<object?> StoredValues(RecordColumn column, object? value) => (column.Kind, value) switch
    {
        (RecordColumnKind.Number, var number) => [Columns.Text(number as decimal?), Columns.Chart(number as decimal?)],
        (RecordColumnKind.NanoCredits, var money) => [money, Columns.UsdChart(money as long?)],
        (_, bool flag) => [flag ? 1 : 0],
        (_, DateOnly day) => [Columns.Text(day)],
        (_, DateTimeOffset time) => [Columns.Text(time)],
        _ => [value],
    };
}
