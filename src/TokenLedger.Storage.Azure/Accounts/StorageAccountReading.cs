namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>The account that settings name, or every problem that they have. Problems quote no value.</summary>
public sealed record StorageAccountReading(StorageAccount? Account, IReadOnlyList<string> Problems);
