using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub.Billing;

/// <summary>GitHub's report exports, which there are for enterprises alone.</summary>
/// <remarks>
/// <c>POST</c> and <c>GET /enterprises/{slug}/settings/billing/reports</c> (GitHub REST, 2026-08): at most 31 days, one
/// at a time for each enterprise (409, observed by others), addresses that last an hour.
/// </remarks>
public sealed class GitHubReportSource(GitHubConnection github) : IReportSource
{
    private const int IdMax = 200;

    // More files than a report of 31 days could need.
    private const int FilesMax = 100;

    private readonly SignedDownload signed = new(github);

    /// <summary>The reports that are asked for.</summary>
    public static IReadOnlyList<BillView> Views { get; } = [BillView.AiCreditReport, BillView.DetailedReport];

    /// <inheritdoc/>
    public int DaysMax => 31;

    /// <inheritdoc/>
    public IReadOnlyList<BillView> ViewsOf(SourceConfiguration source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // A report is of the whole enterprise: a source of one cost centre asks for no more than that.
        return string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal)
            && source is { Account.Kind: BillingAccountKind.Enterprise, CostCenter: null }
                ? [.. Views.Where(source.Asks)]
                : [];
    }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<string>> StartAsync(
        SourceConfiguration source, BillView view, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var type = view == BillView.AiCreditReport ? "ai_credit" : "detailed";
        var (first, last) = (Text(from), Text(to.AddDays(-1)));
        var question = QuestionOf(source) with
        {
            Method = HttpMethod.Post,
            Body = $$"""
                {"report_type":"{{type}}","start_date":"{{first}}","end_date":"{{last}}","send_email":false}
                """,
        };
        var answer = await github.Api.AskAsync(question, cancellation);
        if (answer.Head?.Status == 409)
        {
            return new ProviderRefusal(
                ProviderRefusal.Busy,
                $"GitHub is making another report of the enterprise {source.Account.Name}, and makes one at a time: it "
                    + "is asked again later.",
                null);
        }

        if (answer.Refusal is { } refusal)
            return refusal;
        using var read = GitHubJson.Parse(answer.Body);
        return read?.RootElement.TextOf("id"u8) is { Length: > 0 and <= IdMax } id
            ? id
            : GitHubRefusals.Malformed(question, "names no report");
    }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<ReportState>> FindAsync(
        SourceConfiguration source, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var question = QuestionOf(source, id);
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        if (refusal is not null)
            return refusal;
        using var read = GitHubJson.Parse(body);
        ReportStatus? status = read?.RootElement.TextOf("status"u8) switch
        {
            "processing" => ReportStatus.Processing,
            "completed" => ReportStatus.Completed,
            "failed" => ReportStatus.Failed,
            _ => null,
        };
        if (status is not { } known)
            return GitHubRefusals.Malformed(question, "tells no status that is known");
        var addresses = new List<Uri>();
        if (read!.RootElement.FieldOf("download_urls"u8) is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String
                    || !Uri.TryCreate(item.GetString(), UriKind.Absolute, out var address)
                    || !SafeAddress.Is(address) || addresses.Count == FilesMax)
                    return GitHubRefusals.Malformed(question, "names an address that cannot be used");
                addresses.Add(address);
            }
        }

        return new ReportState(known, addresses);
    }

    /// <inheritdoc/>
    public async Task<ProviderRefusal?> DownloadAsync(
        SourceConfiguration source, Uri address, Stream target, long bytesMax, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var question = QuestionOf(source);
        var bound = github.Options.DownloadTimeOut;
        using var timeOut = new CancellationTokenSource(bound, github.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            var refusal = await signed.FetchAsync(question, address, target, bytesMax, either.Token);
            // The next question names another address.
            return refusal is { Code: ProviderRefusal.Gone } ? GitHubRefusals.NotDelivered(question, 404) : refusal;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return GitHubRefusals.TimedOut(question, bound);
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static GitHubQuestion QuestionOf(SourceConfiguration source, params ReadOnlySpan<string> rest) => new(
        GitHubAddress.Of(
            source.ApiUrl ?? GitHubConfiguration.PublicApiUrl,
            ["enterprises", source.Account.Name.Trim(), "settings", "billing", "reports", .. rest]),
        new GitHubCredential(
            source.Token ?? throw new ArgumentException("The source has no token.", nameof(source)),
            $"token of source {source.Name}"),
        GitHubSubject.Bill(source.Account, ", its reports"));
}
