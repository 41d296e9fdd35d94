using System.Globalization;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Providers.GitHub;

/// <summary>GitHub's AI credits of one day, by product, SKU and model (<c>ai_credit/usage</c>).</summary>
public sealed class GitHubBillingSource(GitHubConnection github) : IBillingSource
{
    /// <inheritdoc/>
    public string Kind => BillingAccount.GitHub;

    /// <inheritdoc/>
    public BillView View => BillView.AiCreditUsage;

    /// <inheritdoc/>
    public async Task<BillAnswer> FetchAsync(
        SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var question = QuestionOf(source, day);
        var requestedAt = github.Time.GetUtcNow();
        var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
        refusal ??= FaultOf(question, body.Span);
        return refusal is null
            ? new BillAnswer([DocumentOf(source.Account, day, question.Url, requestedAt, body)], null)
            : new BillAnswer([], refusal);
    }

    private static GitHubQuestion QuestionOf(SourceConfiguration source, DateOnly day)
    {
        var account = source.Account;
        var isEnterprise = account.Kind == BillingAccountKind.Enterprise;
        var root = source.ApiUrl ?? GitHubConfiguration.PublicApiUrl;
        // Without all three GitHub answers for a month or a year (REST documentation, 2026-10).
        var query = string.Create(
            CultureInfo.InvariantCulture, $"year={day.Year}&month={day.Month}&day={day.Day}");
        return new GitHubQuestion(
            GitHubAddress.WithQuery(
                root, query, isEnterprise ? "enterprises" : "organizations", account.Name.Trim(), "settings", "billing",
                "ai_credit", "usage"),
            new GitHubCredential(
                source.Token ?? throw new ArgumentException("The source has no token.", nameof(source)),
                $"token of source {source.Name}"),
            GitHubSubject.Bill(account.Name, isEnterprise));
    }

    private static ProviderRefusal? FaultOf(GitHubQuestion question, ReadOnlySpan<byte> body) =>
        AnswerForm.Check(body) switch
        {
            AnswerFault.NoJson => GitHubRefusals.Malformed(question, "is no JSON"),
            AnswerFault.NoBill => GitHubRefusals.Malformed(question, "has no usage items"),
            AnswerFault.CutOff => GitHubRefusals.CutOff(question),
            // What mirrors the request must not be kept.
            _ when body.IndexOf(Encoding.UTF8.GetBytes(question.Credential.Token.Reveal())) >= 0 =>
                GitHubRefusals.Malformed(question, "holds the token it was asked with"),
            _ => null,
        };

    private static BillDocument DocumentOf(
        BillingAccount account, DateOnly day, Uri url, DateTimeOffset requestedAt, ReadOnlyMemory<byte> body)
    {
        var kind = account.Kind == BillingAccountKind.Enterprise ? "enterprise" : "organization";
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"github-{kind}-{Uri.EscapeDataString(account.Name)}-ai-credit-usage-{day:yyyy-MM-dd}.json");
        return new BillDocument(name, StoredAnswer.Of(url, requestedAt, body.Span), requestedAt);
    }
}
