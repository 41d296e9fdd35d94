namespace TokenLedger.Application.Diagnosis;

/// <summary>Runs every check in order, whatever became of those before it.</summary>
public sealed class Diagnose(IReadOnlyList<ICheck> checks)
{
    private const string CheckFailed = "TL1099";

    /// <summary>All results, in order of the checks.</summary>
    public async Task<IReadOnlyList<CheckResult>> ExecuteAsync(CancellationToken cancellation)
    {
        var results = new List<CheckResult>();
        foreach (var check in checks)
            results.AddRange(await RunAsync(check, cancellation));
        return results;
    }

    private static async Task<IReadOnlyList<CheckResult>> RunAsync(ICheck check, CancellationToken cancellation)
    {
        try
        {
            return await check.RunAsync(cancellation);
        }
#pragma warning disable CA1031 // What one check trips over is what the others are needed for.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            // Messages of storage and files name no secret; whose they are is unknown here, so only the first line.
            var message = failure.Message.Split('\n')[0];
            return
            [
                CheckResult.Problem(
                    check.Name, "the check itself", CheckFailed, $"It could not be carried out: {message}",
                    "Mend what is said of the storage first. If nothing is, report this with the command."),
            ];
        }
    }
}
