using System.Net.Http.Headers;
using System.Text;
using Polly;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub;

/// <summary>Asks GitHub's REST API. What GitHub says is an answer, never an exception.</summary>
internal sealed class GitHubApi
{
    // The two versions served in 2026-10 have the same paths of billing and Actions; this is the newer.
    private const string ApiVersion = "2026-03-10";

    // Enough of an error's body to tell a rate limit by.
    private const int ErrorBytesMax = 16 * 1024;

    // A renamed repository is one move away.
    private const int MovesMax = 2;

    private readonly HttpClient client;
    private readonly GitHubGate gate;
    private readonly TimeProvider time;
    private readonly GitHubOptions options;
    private readonly ResiliencePipeline pipeline;

    public GitHubApi(HttpClient client, GitHubGate gate, TimeProvider time, GitHubOptions options)
    {
        this.client = client;
        this.gate = gate;
        this.time = time;
        this.options = options;
        pipeline = ProviderClient.Retrying(time, options.RetryDelay, options.Jitter);
    }

    /// <summary>Asks; a broken connection is tried again twice, everything else is told at once.</summary>
    public async Task<GitHubAnswer> AskAsync(GitHubQuestion question, CancellationToken cancellation)
    {
        if (!SafeAddress.Is(question.Url))
            throw new ArgumentException("A token travels over TLS only.", nameof(question));
        using var timeOut = new CancellationTokenSource(options.TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            if (!question.IsRepeatable)
                return await AskMovingAsync(question, either.Token);
            return await pipeline.ExecuteAsync(
                async (asked, token) => await AskMovingAsync(asked, token), question, either.Token);
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

    private async Task<GitHubAnswer> AskMovingAsync(GitHubQuestion question, CancellationToken cancellation)
    {
        for (var moves = 0; ; moves++)
        {
            var answer = await AskOnceAsync(question, isLast: moves == MovesMax, cancellation);
            if (answer.Elsewhere is not { } place || !IsMove(question, place))
                return answer;
            question = question with { Url = place };
        }
    }

    private async Task<GitHubAnswer> AskOnceAsync(
        GitHubQuestion question, bool isLast, CancellationToken cancellation)
    {
        using var slot = await gate.EnterAsync(cancellation);
        // While it waited, another answer may have said that nothing remains.
        if (gate.Wait(question.Credential.Key) is { } closed)
            return Refused(GitHubRefusals.RateLimited(question, closed));
        using var request = RequestOf(question);
        using var response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var head = AnswerHead.Of(question, response);
        if (RateLimits.UsedUp(response.Headers, time.GetUtcNow()) is { } rest)
            gate.Close(question.Credential.Key, rest);
        if ((int)response.StatusCode is >= 300 and < 400
            && ElsewhereOf(question, response, isLast) is { } elsewhere)
            return new GitHubAnswer(default, null, elsewhere) { Head = head };
        if (!response.IsSuccessStatusCode || question.ExpectsRedirect)
        {
            var (start, _) = await BoundedBody.ReadAsync(stream, ErrorBytesMax, cancellation);
            var refusal = GitHubRefusals.Of(
                question, head, response, Encoding.UTF8.GetString(start.Span), time.GetUtcNow());
            if (refusal is { Code: ProviderRefusal.RateLimited, RetryAfter: { } wait })
                gate.Close(question.Credential.Key, wait);
            return Refused(refusal) with { Head = head };
        }

        var (body, isWhole) = await BoundedBody.ReadAsync(stream, options.AnswerBytesMax, cancellation);
        return (isWhole
            ? new GitHubAnswer(body, null) { NextCursor = PageLinks.NextCursor(response.Headers) }
            : Refused(GitHubRefusals.TooLarge(question, options.AnswerBytesMax))) with { Head = head };
    }

    // A move within the API, or the place of a file that was asked for.
    private static Uri? ElsewhereOf(GitHubQuestion question, HttpResponseMessage response, bool isLast)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(question.Url, location, out var target))
            return null;
        if (IsMove(question, target))
            return !isLast && question.Method == HttpMethod.Get ? target : null;
        return question.ExpectsRedirect && SafeAddress.Is(target) ? target : null;
    }

    // A token goes along, so that the same host is not enough: its other paths are not the API's.
    private static bool IsMove(GitHubQuestion question, Uri place) =>
        question.MovesWithin is { } api
        && string.Equals(place.Scheme, api.Scheme, StringComparison.Ordinal)
        && string.Equals(place.Authority, api.Authority, StringComparison.OrdinalIgnoreCase)
        && place.AbsolutePath.StartsWith(api.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static HttpRequestMessage RequestOf(GitHubQuestion question)
    {
        var request = new HttpRequestMessage(question.Method, question.Url);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.UserAgent.ParseAdd("tokenledger");
        request.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", question.Credential.Token.Reveal());
        if (question.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    private static GitHubAnswer Refused(ProviderRefusal refusal) => new(default, refusal);
}
