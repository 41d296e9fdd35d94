using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Findings;

/// <summary>Where on GitHub an action is done. Names are of logs: what GitHub cannot have is not asked for.</summary>
internal static class FindingPlace
{
    /// <summary>The refusal of names that are no names of GitHub's.</summary>
    public static readonly ProviderRefusal Unusable = new(
        ProviderRefusal.Rejected, "The finding names no repository, run or workflow file that GitHub can have.", null);

    private static readonly string[] Endings = [".yml", ".yaml"];

    /// <summary>The repository; null for a name that is none.</summary>
    public static RepositoryAccess? Of(FindingAction action) =>
        action.Repository.Split('/') is [var owner, var name] && IsName(owner) && IsName(name)
            ? new RepositoryAccess(action.Host, owner, name, null) : null;

    /// <summary>The workflow file's name without its folder; null for one that is none.</summary>
    public static string? FileOf(FindingAction action)
    {
        var file = action.WorkflowPath?[(action.WorkflowPath.LastIndexOf('/') + 1)..];
        return file is not null && IsName(file)
            && Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                ? file : null;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 200 && text is not ("." or "..")
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
