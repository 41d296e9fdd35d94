namespace TokenLedger.Application.Configuration;

/// <summary>By what people are told.</summary>
public enum AlertChannelKind
{
    /// <summary>The log of the service.</summary>
    Log,

    /// <summary>Issues of one repository.</summary>
    GitHubIssue,

    /// <summary>An incoming webhook that takes what Slack's takes.</summary>
    Slack,

    /// <summary>A webhook of a Teams workflow, which takes an adaptive card.</summary>
    Teams,
}
