using System.Globalization;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Providers.GitHub.Billing;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// One view of GitHub's bill of one day: <c>ai_credit/usage</c>, <c>usage</c>, <c>usage/summary</c> or
/// <c>premium_request/usage</c> of an organisation, an enterprise, a cost centre of it, or a user.
/// </summary>
public sealed class GitHubBillingSource : IBillingSource
{
    // Since then AI credits are billed, and premium requests no more (GitHub, 2026-06).
    private static readonly DateOnly AiCreditsFrom = new(2026, 6, 1);

    // All answers of a day together; one of a large enterprise is below 64 KiB.
    private const long DayBytesMax = 64L * 1024 * 1024;

    // Billing is said to be stricter than the 100 that GitHub allows at once.
    private const int AtOnceMax = 8;

    private readonly GitHubConnection github;
    private readonly CostCenterList centers;

    /// <param name="github">The way to GitHub.</param>
    /// <param name="view">Which view.</param>
    public GitHubBillingSource(GitHubConnection github, BillView view = BillView.AiCreditUsage)
        : this(github, view, new CostCenterList(github))
    {
    }

    private GitHubBillingSource(GitHubConnection github, BillView view, CostCenterList centers)
    {
        if (!Views.Contains(view))
            throw new ArgumentOutOfRangeException(nameof(view), view, "No endpoint has this view.");
        (this.github, View, this.centers) = (github, view, centers);
    }

    /// <summary>The views that GitHub has an endpoint for.</summary>
    public static IReadOnlyList<BillView> Views { get; } =
        [BillView.AiCreditUsage, BillView.Usage, BillView.UsageSummary, BillView.PremiumRequestUsage];

    /// <inheritdoc/>
    public string Kind => BillingAccount.GitHub;

    /// <inheritdoc/>
    public BillView View { get; }

    /// <summary>A source for each view.</summary>
    public static IReadOnlyList<IBillingSource> OfAllViews(GitHubConnection github)
    {
        var shared = new CostCenterList(github);
        return [.. Views.Select(view => new GitHubBillingSource(github, view, shared))];
    }

    /// <inheritdoc/>
    public bool Covers(SourceConfiguration source, DateOnly day) => HasDay(View, day);

    /// <inheritdoc/>
    public string FilterOf(SourceConfiguration source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return IsOfCostCenter(source) ? BillFilter.OfCostCenter(source.CostCenter!) : "";
    }

    /// <inheritdoc/>
    public int QuestionsFor(SourceConfiguration source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return 1 + (IsByUser(source) ? source.Users.Count : IsByCostCenter(source) ? centers.CountOf(source) : 0);
    }

    /// <inheritdoc/>
    public async Task<BillAnswer> FetchAsync(
        SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var credential = new GitHubCredential(
            source.Token ?? throw new ArgumentException("The source has no token.", nameof(source)),
            $"token of source {source.Name}");
        var requestedAt = github.Time.GetUtcNow();
        var (parts, refusal, listing) = await PartsAsync(source, credential, cancellation);
        if (refusal is not null)
            return new BillAnswer([], refusal) { Questions = listing };
        var questions = parts.Select(part => QuestionOf(source, day, part, credential)).ToList();
        var (bodies, refused, asked) = await AskAllAsync(questions, cancellation);
        if (refused is not null)
            return new BillAnswer([], refused) { Questions = listing + asked };
        var answers = parts.Select((part, at) => new StoredAnswer(questions[at].Url, bodies[at])
        {
            CostCenter = part.CostCenter,
            Parts = IsByCostCenter(source) ? parts.Count : null,
        }).ToList();
        return new BillAnswer(DocumentsOf(source, day, answers, requestedAt), null) { Questions = listing + asked };
    }

    /// <summary>Whether a view can hold money of a day.</summary>
    internal static bool HasDay(BillView view, DateOnly day) =>
        view != BillView.PremiumRequestUsage || day < AiCreditsFrom;

    private static bool IsOfEnterprise(SourceConfiguration source) =>
        source.Account.Kind == BillingAccountKind.Enterprise;

    private static bool IsOfCostCenter(SourceConfiguration source) =>
        IsOfEnterprise(source) && source.CostCenter is not null;

    private bool IsByUser(SourceConfiguration source) =>
        View == BillView.AiCreditUsage && source.Users.Count > 0 && !IsOfCostCenter(source);

    // Asked for no cost centre, usage leaves out all that have one; the other views do not (GitHub REST, 2026-08).
    private bool IsByCostCenter(SourceConfiguration source) =>
        View == BillView.Usage && IsOfEnterprise(source) && source.CostCenter is null;

    private async Task<(IReadOnlyList<BillPart> Parts, ProviderRefusal? Refusal, int Questions)> PartsAsync(
        SourceConfiguration source, GitHubCredential credential, CancellationToken cancellation)
    {
        // The total last: until it is kept, the users' parts of a day are not taken from it.
        if (IsByUser(source))
            return ([.. source.Users.Select(BillPart.OfUser), BillPart.Whole], null, 0);
        if (!IsOfCostCenter(source) && !IsByCostCenter(source))
            return ([BillPart.Whole], null, 0);
        var (all, refusal, questions) = await centers.ReadAsync(source, credential, cancellation);
        if (refusal is not null)
            return ([], refusal, questions);
        if (source.CostCenter is not { } name)
            return ([BillPart.Whole, .. all.Select(BillPart.Of)], null, questions);
        var named = all.FirstOrDefault(
            center => string.Equals(center.Name.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase));
        return named is not null
            ? ([BillPart.Of(named)], null, questions)
            : ([], new ProviderRefusal(
                ProviderRefusal.NotFound,
                $"The enterprise {source.Account.Name} has no active cost centre {name.Trim()}: correct the source's "
                    + "CostCenter.",
                null), questions);
    }

    private GitHubQuestion QuestionOf(
        SourceConfiguration source, DateOnly day, BillPart part, GitHubCredential credential)
    {
        var account = source.Account;
        // Without all three GitHub answers for a month or a year (REST documentation, 2026-10).
        var query = string.Create(
            CultureInfo.InvariantCulture, $"year={day.Year}&month={day.Month}&day={day.Day}{part.Filter}");
        return new GitHubQuestion(
            GitHubAddress.WithQuery(
                source.ApiUrl ?? GitHubConfiguration.PublicApiUrl, query,
                [
                    GitHubAddress.Of(account.Kind), account.Name.Trim(), "settings", "billing",
                    .. BillViewName.Of(View).Split('/'),
                ]),
            credential,
            GitHubSubject.Bill(account, part.Text));
    }

    // All of them or none: a bill of which a part is missing is too small.
    private async Task<(ReadOnlyMemory<byte>[] Bodies, ProviderRefusal? Refusal, int Asked)> AskAllAsync(
        IReadOnlyList<GitHubQuestion> questions, CancellationToken cancellation)
    {
        var bodies = new ReadOnlyMemory<byte>[questions.Count];
        ProviderRefusal? refusal = null;
        var (asked, bytes) = (0, 0L);
        await Parallel.ForAsync(
            0, questions.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellation },
            async (at, stop) =>
            {
                if (Volatile.Read(ref refusal) is not null)
                    return;
                Interlocked.Increment(ref asked);
                var (body, refused, _) = await github.Api.AskAsync(questions[at], stop);
                refused ??= FaultOf(questions[at], body.Span)
                    ?? (Interlocked.Add(ref bytes, body.Length) > DayBytesMax
                        ? GitHubRefusals.TooLarge(questions[at], DayBytesMax)
                        : null);
                if (refused is not null)
                    Interlocked.CompareExchange(ref refusal, refused, null);
                bodies[at] = body;
            });
        return (bodies, refusal, asked);
    }

    private static ProviderRefusal? FaultOf(GitHubQuestion question, ReadOnlySpan<byte> body) =>
        AnswerForm.Check(body, "usageItems"u8) switch
        {
            AnswerFault.NoJson => GitHubRefusals.Malformed(question, "is no JSON"),
            AnswerFault.NoBill => GitHubRefusals.Malformed(question, "has no usage items"),
            AnswerFault.CutOff => GitHubRefusals.CutOff(question),
            // What mirrors the request must not be kept.
            _ when body.IndexOf(Encoding.UTF8.GetBytes(question.Credential.Token.Reveal())) >= 0 =>
                GitHubRefusals.Malformed(question, "holds the token it was asked with"),
            _ => null,
        };

    // The total is a file of its own behind the users': files are kept in this order.
    private List<BillDocument> DocumentsOf(
        SourceConfiguration source, DateOnly day, List<StoredAnswer> answers, DateTimeOffset requestedAt) =>
        IsByUser(source)
            ? [Document(source, day, "-users", answers[..^1], requestedAt),
                Document(source, day, "", answers[^1..], requestedAt)]
            : [Document(source, day, "", answers, requestedAt)];

    private BillDocument Document(
        SourceConfiguration source, DateOnly day, string what, List<StoredAnswer> answers, DateTimeOffset requestedAt)
    {
        var kind = source.Account.Kind.ToString().ToLowerInvariant();
        var account = $"{kind}-{Uri.EscapeDataString(source.Account.Name)}";
        var view = BillViewName.Of(View).Replace('/', '-').Replace('_', '-') + what;
        var center = IsOfCostCenter(source) ? $"-{Uri.EscapeDataString(source.CostCenter!.Trim())}" : "";
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"github-{account}{center}-{view}-{day:yyyy-MM-dd}.json");
        return new BillDocument(name, StoredAnswer.ToFile(answers, requestedAt), requestedAt);
    }
}
