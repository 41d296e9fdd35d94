using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Testing.Azurite;

[assembly: AssemblyFixture(typeof(TokenLedger.Functions.Tests.AzuriteFixture))]

namespace TokenLedger.Functions.Tests;

/// <summary>One emulator for all tests of this assembly.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteEmulator? emulator;

    public async ValueTask InitializeAsync()
    {
        if (AzuriteInstallation.IsThere)
            emulator = await AzuriteEmulator.StartAsync();
    }

    /// <summary>Of the emulator; the test is skipped where there is none.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(emulator is null, AzuriteInstallation.HowToInstall);
            return emulator.ConnectionString;
        }
    }

    /// <summary>Storage of the emulator; the test is skipped where there is none.</summary>
    public StorageServices Storage(string? connectionString = null, StorageClientOptions? options = null)
    {
        var reading = StorageAccountReader.Read(new() { ConnectionString = connectionString ?? ConnectionString });
        return new(Assert.IsType<StorageAccount>(reading.Account), null, options);
    }

    public ValueTask DisposeAsync() => emulator?.DisposeAsync() ?? ValueTask.CompletedTask;
}
