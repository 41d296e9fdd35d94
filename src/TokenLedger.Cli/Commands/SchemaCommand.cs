using System.CommandLine;
using System.Text;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger schema</c>.</summary>
internal static class SchemaCommand
{
    public const string Example = "tokenledger schema > reconciliation.v1.schema.json";

    public static Command Create(CliHost host) =>
        new Command("schema", "Print the JSON Schema of the artifact of reconcile.").Bind(host, Execute);

    private static Task<int> Execute(CommandContext context)
    {
        if (context.Results.OutputPath is { } path)
            context.Results.WriteFile(path, Encoding.UTF8.GetBytes(BuildArtifact.Schema()));
        else
            context.Host.Out.Write(BuildArtifact.Schema());
        return Task.FromResult(ExitCode.Done);
    }
}
