namespace TokenLedger.Domain.Usage;

/// <summary>Why nobody can say which pull request a run was for. It is never guessed from a branch's name.</summary>
public enum PullRequestAbsence
{
    /// <summary>Neither the run's own record nor GitHub was heard about it.</summary>
    NotTold,

    /// <summary>The event that started the run is about no pull request, and GitHub names none.</summary>
    OtherEvent,

    /// <summary>The event is about a pull request and GitHub names none, as for one from a fork.</summary>
    NotNamed,

    /// <summary>GitHub names several with the run's commit.</summary>
    Several,
}
