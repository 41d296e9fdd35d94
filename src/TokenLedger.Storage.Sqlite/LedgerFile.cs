using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite;

/// <summary>Opens connections to one ledger file, each ready to wait for another writer.</summary>
internal sealed class LedgerFile
{
    // Long enough for another process to commit a large run, short enough that a person does not think it hangs.
    private const int BusySeconds = 30;

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private readonly string connectionString;
    private bool isChecked;

    public LedgerFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = BusySeconds,
        }.ToString();
    }

    public string Path { get; }

    /// <summary>An open connection whose file is a ledger.</summary>
    /// <exception cref="LedgerUnusableException">The file cannot be opened or is no ledger.</exception>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            if (!isChecked && System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                // FULL: a commit that was reported survives a power cut.
                pragmas.CommandText = "PRAGMA busy_timeout=30000;PRAGMA synchronous=FULL";
                pragmas.ExecuteNonQuery();
            }

            if (!isChecked)
                LedgerSchema.Ensure(connection, Path);
            isChecked = true;
            return connection;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw Unusable(failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Does something with the file, and tells a failure of SQLite in the user's words.</summary>
    /// <exception cref="LedgerUnusableException">SQLite refused.</exception>
    public async Task<T> UseAsync<T>(Func<SqliteConnection, Task<T>> use, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var connection = Open();
            return await use(connection);
        }
        catch (SqliteException failure)
        {
            throw Unusable(failure);
        }
    }

    /// <summary>The failure in the user's words.</summary>
    public LedgerUnusableException Unusable(Exception failure) => new(
        failure switch
        {
            SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } =>
                $"{Path} was in use by another process for {BusySeconds} seconds: try again when that one has ended.",
            SqliteException { SqliteErrorCode: SqliteNotADatabase } =>
                $"{Path} is no ledger: name another file with --ledger.",
            SqliteException { SqliteErrorCode: SqliteCorrupt } =>
                $"{Path} is damaged: restore it, or move it away and take the raw files in {Path}.files again.",
            _ when Directory.Exists(Path) => $"{Path} is a folder: name a file with --ledger.",
            SqliteException sqlite =>
                $"{Path} cannot be used ({sqlite.Message.TrimEnd('.')}): "
                + "check that the folder exists, is writable and has space.",
            _ => $"{Path} cannot be used ({failure.Message.TrimEnd('.')}): check its folder's permissions.",
        },
        failure);

    public void Close()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
