using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TokenLedger.Cli.Commands;

/// <summary>The library's help, with an example below it.</summary>
internal sealed class ExampleHelpAction(HelpAction inner, IReadOnlyDictionary<Command, string> examples)
    : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var example))
            output.Write($"Example:\n  {example.ReplaceLineEndings("\n  ")}\n");
        return code;
    }
}
