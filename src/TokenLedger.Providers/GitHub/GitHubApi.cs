using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Polly;
using Polly.Retry;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>Asks GitHub's REST API. What GitHub says is an answer, never an exception.</summary>
internal sealed class GitHubApi
{
    // The two versions served in 2026-10 have the same billing paths; this is the newer.
    private const string ApiVersion = "2026-03-10";

    // Enough of an error's body to tell a rate limit by.
    private const int ErrorBytesMax = 16 * 1024;

    private readonly HttpClient client;
    private readonly TimeProvider time;
    private readonly GitHubOptions options;
    private readonly ResiliencePipeline pipeline;

    public GitHubApi(HttpClient client, TimeProvider time, GitHubOptions options)
    {
        this.client = client;
        this.time = time;
        this.options = options;
        pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>(),
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = true,
                Randomizer = options.Jitter,
            })
            .Build();
    }

    /// <summary>Asks; a broken connection is tried again twice, everything else is told at once.</summary>
    public async Task<GitHubAnswer> AskAsync(GitHubQuestion question, CancellationToken cancellation)
    {
        if (question.Url is not ({ Scheme: "https" } or { Scheme: "http", IsLoopback: true }))
            throw new ArgumentException("A token travels over TLS only.", nameof(question));
        using var timeOut = new CancellationTokenSource(options.TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            return await pipeline.ExecuteAsync(
                async (asked, token) => await AskOnceAsync(asked, token), question, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Refused(GitHubRefusals.TimedOut(question, options.TimeOut));
        }
        catch (HttpRequestException failure)
        {
            return Refused(GitHubRefusals.Of(question, failure));
        }
        catch (IOException)
        {
            // Only the reading of a body ends so.
            return Refused(GitHubRefusals.CutOff(question));
        }
        catch (InvalidDataException)
        {
            return Refused(GitHubRefusals.Malformed(question, "cannot be decompressed"));
        }
    }

    private async Task<GitHubAnswer> AskOnceAsync(GitHubQuestion question, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, question.Url);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.UserAgent.ParseAdd("tokenledger");
        request.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", question.Token.Reveal());
        using var response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var (start, _) = await BoundedBody.ReadAsync(stream, ErrorBytesMax, cancellation);
            return Refused(GitHubRefusals.Of(
                question, response, Encoding.UTF8.GetString(start.Span), time.GetUtcNow()));
        }

        var (body, isWhole) = await BoundedBody.ReadAsync(stream, options.AnswerBytesMax, cancellation);
        return isWhole ? new GitHubAnswer(body, null)
            : Refused(GitHubRefusals.TooLarge(question, options.AnswerBytesMax));
    }

    private static GitHubAnswer Refused(BillRefusal refusal) => new(default, refusal);
}
