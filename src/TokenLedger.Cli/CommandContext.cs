using System.CommandLine;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Pricing;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Cli;

/// <summary>One invocation: its streams, clock, surroundings and common options.</summary>
internal sealed class CommandContext
{
    private const string DefaultLedger = "tokenledger.db";

    public CommandContext(ParseResult parse, CliHost host, CancellationToken cancellation)
        : this(
            parse, host,
            ConfigurationReader.Read(parse.GetValue(CommonOptions.Config), host.Environment.Variables), cancellation)
    {
    }

    /// <summary>An invocation whose configuration was read already.</summary>
    public CommandContext(
        ParseResult parse, CliHost host, LedgerConfiguration configuration, CancellationToken cancellation)
    {
        Parse = parse;
        Host = host;
        Cancellation = cancellation;
        Results = new ResultWriter(host, parse);
        Configuration = configuration;
        if (Results.OutputPath is { } output)
            RefuseLedgerAsOutput("--output", output);
    }

    public ParseResult Parse { get; }

    public CliHost Host { get; }

    public CancellationToken Cancellation { get; }

    public ResultWriter Results { get; }

    public bool IsQuiet => Parse.GetValue(CommonOptions.Quiet);

    public LedgerConfiguration Configuration { get; }

    /// <summary>The ledger's file.</summary>
    public string LedgerPath => Parse.GetValue(CommonOptions.Ledger)
        ?? (IsOnAzure
            ? throw CommandFailedException.WrongUsage(
                "the configured ledger is on Azure, and this command works on a file: name one with --ledger.")
            : Configuration.LedgerPath ?? DefaultLedger);

    /// <summary>
    /// Whether the ledger is on Azure: one that the command line names is a file, whatever is configured.
    /// </summary>
    public bool IsOnAzure =>
        Configuration.Storage == StorageKind.Azure && Parse.GetValue(CommonOptions.Ledger) is null;

    /// <summary>Refuses a file to write that is the ledger itself.</summary>
    public void RefuseLedgerAsOutput(string option, string path)
    {
        if (path.Length > 0 && !IsOnAzure
            && string.Equals(Path.GetFullPath(path), Path.GetFullPath(LedgerPath), StringComparison.Ordinal))
            throw CommandFailedException.WrongUsage(
                $"{option} names the ledger, and would overwrite it: name another.");
    }

    /// <summary>The ledger for a command that fills it.</summary>
    public Task<ILedgerStorage> OpenStorageAsync() => IsOnAzure
        ? LedgerComposition.OpenStorageOnAzureAsync(Configuration, Host.Time, Cancellation)
        : Task.FromResult<ILedgerStorage>(new SqliteLedgerStorage(LedgerPath, Host.Time));

    /// <summary>The ledger for a command that only reads; one that does not exist has nothing to tell.</summary>
    public async Task<ILedgerStorage> OpenExistingLedgerAsync() => IsOnAzure || File.Exists(LedgerPath)
        ? await OpenStorageAsync()
        : throw CommandFailedException.WrongUsage(
            $"there is no ledger at {LedgerPath}: fill one with 'tokenledger ingest', or name another with --ledger.");

    /// <summary>The prices that ship, overridden by those of <c>--prices</c>.</summary>
    public PriceBook ReadPrices(Option<string?> option)
    {
        if (Parse.GetValue(option) is not { } path)
            return PriceBookReader.Shipped();
        using var stream = InputPaths.OpenRead(path);
        if (PriceBookReader.Read(stream, path, out var problems) is { } book)
            return PriceBookReader.Shipped().OverriddenBy(book);
        Results.Problems(problems);
        throw CommandFailedException.WrongUsage($"{path} is no sound price file: correct it, or leave --prices out.");
    }
}
