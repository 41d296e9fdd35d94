using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Kinds, states and relations as rows and files spell them.</summary>
public static class OutcomeNames
{
    /// <summary>A kind.</summary>
    public static string Of(WorkKind kind) => kind == WorkKind.PullRequest ? "pull-request" : "issue";

    /// <summary>A state.</summary>
    public static string Of(OutcomeState state) => state switch
    {
        OutcomeState.Open => "open",
        OutcomeState.Closed => "closed",
        OutcomeState.Merged => "merged",
        _ => "reverted",
    };

    /// <summary>A relation.</summary>
    public static string Of(WorkRelation relation) => relation switch
    {
        WorkRelation.Created => "created",
        WorkRelation.WorkedOn => "worked-on",
        WorkRelation.Reviewed => "reviewed",
        _ => "commented",
    };

    /// <summary>A reason.</summary>
    public static string Of(UnlinkedReason reason) => reason switch
    {
        UnlinkedReason.SeveralPullRequests => "several-pull-requests",
        UnlinkedReason.NoNumber => "no-number",
        UnlinkedReason.Contradiction => "contradiction",
        _ => "shared-branch",
    };

    internal static WorkKind? KindOf(string? name) => name switch
    {
        "pull-request" => WorkKind.PullRequest,
        "issue" => WorkKind.Issue,
        _ => null,
    };

    internal static OutcomeState StateOf(string? name) => name switch
    {
        "open" => OutcomeState.Open,
        "closed" => OutcomeState.Closed,
        "merged" => OutcomeState.Merged,
        _ => OutcomeState.Reverted,
    };
}
