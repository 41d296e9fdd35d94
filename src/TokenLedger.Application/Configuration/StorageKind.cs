namespace TokenLedger.Application.Configuration;

/// <summary>Where the ledger is kept.</summary>
public enum StorageKind
{
    /// <summary>One SQLite file, and a folder beside it.</summary>
    Sqlite,

    /// <summary>An Azure Storage account.</summary>
    Azure,
}
