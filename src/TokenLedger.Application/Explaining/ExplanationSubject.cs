using System.Globalization;
using System.Text.RegularExpressions;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Explaining;

/// <summary>What an explanation is asked about.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name as it was understood.</param>
public sealed partial record ExplanationSubject(ExplanationSubjectKind Kind, string Name)
{
    private const int RegexMilliseconds = 1000;

    /// <summary>The forms, for whoever wrote none of them.</summary>
    public const string Forms =
        "a run (OWNER/REPO/runs/ID, its address, or as 'runs' prints it), a repository (OWNER/REPO), a workflow "
        + "(OWNER/REPO/PATH), a day (YYYY-MM-DD) or a charge's id";

    /// <summary>The GitHub host in lower case; null for the one that is asked for otherwise.</summary>
    public string? Host { get; init; }

    /// <summary>The repository as <c>owner/name</c>; null where none is named.</summary>
    public string? Repository { get; init; }

    /// <summary>The run id; 0 for anything but a run.</summary>
    public long RunId { get; init; }

    /// <summary>The workflow file's path; null for anything but a workflow.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>The UTC day; null for anything but a day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The subject that a text names; null where it is in none of the forms.</summary>
    public static ExplanationSubject? Parse(string text)
    {
        var name = text.Trim();
        if (DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day < DateOnly.MaxValue ? OfDay(day) : null;
        if (RunText().Match(name) is { Success: true } run)
        {
            var host = run.Groups["host"] is { Success: true } named ? named.Value : null;
            var repository = run.Groups["repository"] is { Success: true } place ? place.Value : null;
            return long.TryParse(run.Groups["id"].Value, CultureInfo.InvariantCulture, out var id)
                ? OfRun(host, repository, id)
                : null;
        }

        if (OfCharge(name) is { } charge)
            return charge;
        return name.Split('/', 3) switch
        {
            [var owner, var repository] => OfRepository($"{owner}/{repository}"),
            [var owner, var repository, { Length: > 0 } path] => OfWorkflow($"{owner}/{repository}", path),
            _ => null,
        };
    }

    /// <summary>A run; null where a part is nothing that GitHub has.</summary>
    /// <param name="host">The host; null for the one that is asked for otherwise.</param>
    /// <param name="repository">The repository; null where the id alone is named.</param>
    /// <param name="runId">The run id.</param>
    public static ExplanationSubject? OfRun(string? host, string? repository, long runId) =>
        RunIdentity.Of(host ?? RunKey.PublicHost, repository ?? "any/any", runId, attempt: 1) is { } identity
            ? new ExplanationSubject(
                ExplanationSubjectKind.Run,
                FormattableString.Invariant($"{(repository is null ? "" : repository + "/runs/")}{runId}"))
            {
                Host = host is null ? null : identity.Host,
                Repository = repository is null ? null : identity.Repository,
                RunId = runId,
            }
            : null;

    /// <summary>A repository; null where it is not in the form <c>owner/name</c>.</summary>
    public static ExplanationSubject? OfRepository(string repository) =>
        RunIdentity.Of(RunKey.PublicHost, repository, 1, attempt: 1) is { } identity
            ? new ExplanationSubject(ExplanationSubjectKind.Repository, identity.Repository)
            {
                Repository = identity.Repository,
            }
            : null;

    /// <summary>A workflow; null where the repository is none.</summary>
    public static ExplanationSubject? OfWorkflow(string repository, string path) =>
        OfRepository(repository) is { } place
            ? place with
            {
                Kind = ExplanationSubjectKind.Workflow, Name = $"{place.Repository}/{path}", WorkflowPath = path,
            }
            : null;

    /// <summary>A day.</summary>
    public static ExplanationSubject OfDay(DateOnly day) => new(
        ExplanationSubjectKind.Day, ExplanationText.Of(day))
    {
        Day = day,
    };

    /// <summary>A charge; null where the text is no id of one.</summary>
    public static ExplanationSubject? OfCharge(string id) =>
        ChargeId().IsMatch(id) ? new(ExplanationSubjectKind.Charge, id) : null;

    // An address of GitHub's, owner/repo/runs/ID, owner/repo#ID, host/ID/attempt, or the id alone.
    [GeneratedRegex(
        @"^(https://(?<host>[^/\s]+)/)?(?<repository>[^/\s#]+/[^/\s#]+)(/(actions/)?runs/|#)(?<id>\d{1,19})"
            + @"([/?#]\S*)?$|^(?<host>[^/\s]+)/(?<id>\d{1,19})/\d{1,9}$|^(?<id>\d{1,19})$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        RegexMilliseconds)]
    private static partial Regex RunText();

    // Hexadecimal digits, with a suffix where users' rows were taken off a total.
    [GeneratedRegex("^[0-9a-f]{32}(-[a-z]+)?$", RegexOptions.ExplicitCapture, RegexMilliseconds)]
    private static partial Regex ChargeId();
}
