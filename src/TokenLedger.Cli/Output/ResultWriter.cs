using System.CommandLine;
using System.Text;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reports;
using TokenLedger.Ingestion;

namespace TokenLedger.Cli.Output;

/// <summary>Writes results to standard output or <c>--output</c>, and everything else to standard error.</summary>
internal sealed class ResultWriter(CliHost host, ParseResult parse)
{
    // A file of garbage has a problem in each line; the ledger keeps them all.
    private const int ProblemsMax = 20;

    public OutputFormat Format => parse.GetValue(CommonOptions.Format);

    public string? OutputPath => parse.GetValue(CommonOptions.Output);

    /// <summary>Writes tables in the asked format; CSV and JSON hold the main one.</summary>
    /// <param name="schema">The name of the JSON form.</param>
    /// <param name="main">The table that CSV and JSON hold.</param>
    /// <param name="all">The tables that people read.</param>
    public void Tables(string schema, Table main, IReadOnlyList<Table> all) => Tables(schema, () => main, () => all);

    /// <summary>The same with tables that are made only where the format has them.</summary>
    public void Tables(string schema, Func<Table> main, Func<IReadOnlyList<Table>> all) =>
        Text(Render(schema, main, all));

    /// <summary>Writes an explanation in the asked format.</summary>
    public void Explanation(ExplanationDocument document)
    {
        using var text = new StringWriter();
        switch (Format)
        {
            case OutputFormat.Json:
                text.Write(Encoding.UTF8.GetString(document.ToBytes()));
                break;
            case OutputFormat.Csv:
                CsvTableWriter.Write(text, ExplanationTable.Of(document));
                break;
            case OutputFormat.Markdown:
                ExplanationMarkdownWriter.Write(text, document);
                break;
            default:
                ExplanationTreeWriter.Write(text, document, host.Environment.Columns);
                break;
        }

        Text(text.ToString());
    }

    /// <summary>Writes a text that is in the asked format already.</summary>
    public void Text(string text)
    {
        if (OutputPath is { } path)
            WriteFile(path, Encoding.UTF8.GetBytes(text));
        else
            host.Out.Write(text);
    }

    /// <summary>Writes an artifact to standard output.</summary>
    public void Artifact(ReconciliationDocument document)
    {
        using var stream = new TextStream(host.Out);
        BuildArtifact.Write(document, stream);
    }

    /// <summary>Writes tables to standard output whatever <c>--output</c> says.</summary>
    public void TablesToOut(IReadOnlyList<Table> tables) =>
        TextTableWriter.Write(host.Out, tables, host.Environment.Columns);

    /// <summary>The tables in the asked format; only those that it has are made.</summary>
    public string Render(string schema, Func<Table> main, Func<IReadOnlyList<Table>> all)
    {
        using var text = new StringWriter();
        switch (Format)
        {
            case OutputFormat.Json:
                JsonTableWriter.Write(text, schema, main());
                break;
            case OutputFormat.Csv:
                CsvTableWriter.Write(text, main());
                break;
            case OutputFormat.Markdown:
                MarkdownTableWriter.Write(text, all());
                break;
            default:
                TextTableWriter.Write(text, all(), host.Environment.Columns);
                break;
        }

        return text.ToString();
    }

    /// <summary>Writes a file whole or not at all; a pipe or device gets the bytes as they are.</summary>
    /// <exception cref="CommandFailedException">The file cannot be written.</exception>
    public void WriteFile(string path, byte[] content) => WriteFile(path, file => file.Write(content));

    /// <summary>The same with content that is made while it is written.</summary>
    /// <exception cref="CommandFailedException">The file cannot be written.</exception>
    public void WriteFile(string path, Action<Stream> write)
    {
        try
        {
            var target = new FileInfo(Path.GetFullPath(path));
            if (target.LinkTarget is not null)
                target = target.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? target;
            if (File.Exists(path) && !RegularFile.Is(path))
                WriteThrough(path, write);
            else
                Replace(target.FullName, write);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure speaks of the temporary file, which nobody named.
            throw new CommandFailedException(
                ExitCode.Failed,
                $"{path} cannot be written: check that it is no folder, its folder's permissions and the space left.");
        }

        Say($"wrote {path}");
    }

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        write(stream);
    }

    private static void Replace(string target, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A line about what is going on; silent with <c>--quiet</c>.</summary>
    public void Say(string message)
    {
        if (!parse.GetValue(CommonOptions.Quiet))
            host.Error.Write($"{SafeText.ForTerminal(message)}\n");
    }

    /// <summary>What was not taken: never silent, because it decides the exit code.</summary>
    public void Problems(IReadOnlyList<InputProblem> problems)
    {
        foreach (var problem in problems.Take(ProblemsMax))
        {
            var line = problem.Line is { } number ? FormattableString.Invariant($":{number}") : "";
            host.Error.Write(SafeText.ForTerminal($"{problem.Code} {problem.Source}{line}: {problem.Message}") + "\n");
        }

        if (problems.Count > ProblemsMax)
            host.Error.Write(
                FormattableString.Invariant(
                    $"… and {problems.Count - ProblemsMax} more: see 'tokenledger runs --rejected'.\n"));
    }
}
