using TokenLedger.Application.Configuration;
using TokenLedger.Application.Diagnosis;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Hosting.Composition;

/// <summary>
/// Looks at a ledger's storage without making what is missing, and tells a failure instead of throwing it.
/// </summary>
public static class StorageLook
{
    // Clients repeat a request for longer than anybody waits for a diagnosis.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    /// <summary>The ledger file. One that is not there is not made.</summary>
    public static (StorageFacts Facts, ILedgerStorage? Storage) AtFile(string path, TimeProvider time)
    {
        var facts = new StorageFacts(StorageKind.Sqlite, path) { Exists = File.Exists(path), FreeBytes = FreeOf(path) };
        if (!facts.Exists)
            return (facts with { Failure = WhyNotWritable(path) }, null);
        try
        {
            return (
                facts with { SchemaVersion = SqliteLedgerStorage.TablesVersion }, new SqliteLedgerStorage(path, time));
        }
        catch (Exception failure) when (
            failure is LedgerUnusableException or IOException or UnauthorizedAccessException)
        {
            return (facts with { Failure = failure.Message }, null);
        }
    }

    /// <summary>The storage account that is configured.</summary>
    public static async Task<(StorageFacts Facts, ILedgerStorage? Storage)> OnAzureAsync(
        LedgerConfiguration configuration, TimeProvider time, CancellationToken cancellation)
    {
        var azure = configuration.Azure;
        var facts = new StorageFacts(
            StorageKind.Azure, azure.AccountName ?? azure.TableEndpoint?.Host ?? "the configured storage account")
        {
            Exists = true,
        };
        using var timeOut = new CancellationTokenSource(AnswerMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            var (storage, missing) = await AzureLedgerStorage.LookAtAsync(
                LedgerComposition.SettingsOf(azure), time, either.Token);
            return (facts with { Missing = missing }, missing.Count == 0 ? storage : null);
        }
        catch (Exception failure) when (failure is LedgerUnusableException or StorageFailureException)
        {
            return (facts with { Failure = failure.Message }, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var failure = FormattableString.Invariant($"no answer within {AnswerMax.TotalSeconds} seconds");
            return (facts with { Failure = failure }, null);
        }
    }

    // A folder that does not exist yet is made with the ledger.
    private static string? WhyNotWritable(string path)
    {
        if (Directory.Exists(path))
            return $"{path} is a folder";
        try
        {
            var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!);
            while (!folder.Exists && folder.Parent is { } parent)
                folder = parent;
            var probe = Path.Combine(folder.FullName, Path.GetRandomFileName());
            using (new FileStream(probe, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            }))
            {
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }

    private static long? FreeOf(string path)
    {
        try
        {
            var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!);
            while (!folder.Exists && folder.Parent is { } parent)
                folder = parent;
            return new DriveInfo(folder.FullName).AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
