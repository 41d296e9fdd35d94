using TokenLedger.Storage.Azure.Accounts;

namespace TokenLedger.Testing.FunctionsHost.Tap;

/// <summary>Three ports in front of an account's services: counts calls, fails them, acts at the n-th.</summary>
/// <remarks>Addresses, <c>Host</c> and dates pass as they were written, so that signatures stay valid; bodies stream.</remarks>
public sealed class StorageTap : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly Lock gate = new();
    private readonly List<TapCall> calls = [];
    private readonly List<TapCall> lost = [];
    private readonly List<TapAction> actions = [];
    private readonly Dictionary<string, string?> puts = new(StringComparer.Ordinal);
    private readonly List<TapPort> ports = [];
    private int busyCalls;

    private StorageTap(string connectionString) => this.connectionString = connectionString;

    /// <summary>The account's, with this tap's endpoints.</summary>
    public string ConnectionString
    {
        get
        {
            var kept = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => !part.Contains("Endpoint=", StringComparison.OrdinalIgnoreCase));
            return string.Join(';', [
                .. kept, $"BlobEndpoint={ports[0].Endpoint}", $"QueueEndpoint={ports[1].Endpoint}",
                $"TableEndpoint={ports[2].Endpoint}"]);
        }
    }

    /// <summary>Since the mark, in the order of their arrival.</summary>
    public IReadOnlyList<TapCall> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    /// <summary>Calls whose answer reached nobody, or that the storage did not answer.</summary>
    public IReadOnlyList<TapCall> Lost
    {
        get
        {
            lock (gate)
                return [.. lost];
        }
    }

    /// <param name="connectionString">Of an account with plain http endpoints.</param>
    public static async Task<StorageTap> StartAsync(string connectionString)
    {
        var account = StorageAccountReader.Read(new() { ConnectionString = connectionString }).Account
            ?? throw new ArgumentException("No account.", nameof(connectionString));
        var tap = new StorageTap(connectionString);
        tap.ports.Add(await TapPort.StartAsync("blob", account.BlobEndpoint, tap));
        tap.ports.Add(await TapPort.StartAsync("queue", account.QueueEndpoint, tap));
        tap.ports.Add(await TapPort.StartAsync("table", account.TableEndpoint, tap));
        return tap;
    }

    /// <summary>Counts from 1 again and forgets actions that were not reached.</summary>
    public void Mark()
    {
        lock (gate)
        {
            calls.Clear();
            lost.Clear();
            actions.Clear();
        }
    }

    /// <summary>What the last put of a blob called itself; null when it did not, or did not come this way.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="blob">Its name.</param>
    public string? ClientRequestIdOf(string container, string blob)
    {
        lock (gate)
            return puts.GetValueOrDefault($"/{container}/{blob}");
    }

    /// <summary>Service and operation, and how often.</summary>
    public IReadOnlyDictionary<(string Service, string Operation), int> Counts() =>
        Calls.GroupBy(call => (call.Service, call.Operation)).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>Runs an action at one call, once.</summary>
    /// <param name="number">From 1, since the mark.</param>
    /// <param name="moment">Before, instead of, or after the storage's work.</param>
    /// <param name="run">The action; the call waits for it.</param>
    public void AtCall(int number, TapMoment moment, Func<Task> run)
    {
        lock (gate)
            actions.Add(new(number, moment, run));
    }

    /// <summary>As <see cref="AtCall(int, TapMoment, Func{Task})"/>, for an action that does not wait.</summary>
    public void AtCall(int number, TapMoment moment, Action run) => AtCall(number, moment, () =>
    {
        run();
        return Task.CompletedTask;
    });

    /// <summary>The next calls are answered 503 and do not reach the storage.</summary>
    public void AnswerBusy(int count)
    {
        lock (gate)
            busyCalls = count;
    }

    /// <summary>As if the storage had stopped: connections are cut and refused.</summary>
    public async Task CloseAsync()
    {
        foreach (var port in ports)
            await port.CloseAsync();
    }

    /// <summary>At the same ports as before.</summary>
    public async Task OpenAsync()
    {
        foreach (var port in ports)
            await port.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var port in ports)
            await port.DisposeAsync();
    }

    internal (TapCall Call, IReadOnlyList<TapAction> Actions, bool IsBusy) Note(
        string service, string method, string path, string query, string? clientRequestId)
    {
        lock (gate)
        {
            if (service is "blob" && method is "PUT")
                puts[Uri.UnescapeDataString(path)] = clientRequestId;
            var call = new TapCall(calls.Count + 1, service, TapOperation.Of(service, method, path, query), path);
            calls.Add(call);
            var isBusy = busyCalls > 0;
            if (isBusy)
                busyCalls--;
            return (call, [.. actions.Where(action => action.Number == call.Number)], isBusy);
        }
    }

    internal void NoteLost(TapCall call)
    {
        lock (gate)
            lost.Add(call);
    }
}
