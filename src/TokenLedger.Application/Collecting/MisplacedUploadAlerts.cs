using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>Tells of uploads that lie in another run's archive than their own.</summary>
/// <remarks>
/// Raised before the run's rows are stored: a process killed in between raises it again, and what is told already is
/// not written again.
/// </remarks>
public sealed class MisplacedUploadAlerts(IAlertLog alerts, TimeProvider time)
{
    private readonly AlertBook book = new(alerts, time);

    private const string OfAnotherRun =
        "The upload's own files name another run or repository, so nothing of it counts. Upload it under that run.";

    /// <summary>Tells of every upload that the fold of a run left out.</summary>
    public async Task RaiseAsync(RunIdentity run, FoldedRun folded, CancellationToken cancellation)
    {
        foreach (var problem in folded.Problems)
        {
            if (string.Equals(problem.Code, RunFold.MisplacedUpload, StringComparison.Ordinal))
                await RaiseAsync(PathOf(run, problem.Source), OfAnotherRun, cancellation);
        }
    }

    /// <summary>Tells of one upload.</summary>
    /// <param name="upload">Its path in the archive.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task RaiseAsync(string upload, string message, CancellationToken cancellation) =>
        book.RaiseOnceAsync(Alert.MisplacedUpload, upload, message, cancellation);

    /// <summary>The path in the archive of something below a run.</summary>
    internal static string PathOf(RunIdentity run, string below) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{run.Host}/{run.Repository.ToLowerInvariant()}/{run.RunId}/{below}");
}
