using System.CommandLine;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Cli.Output;
using TokenLedger.Domain.Pricing;
using TokenLedger.Hosting.Configuration;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Archive;

namespace TokenLedger.Cli;

/// <summary>One invocation: its streams, clock, surroundings and common options.</summary>
internal sealed class CommandContext
{
    private const string DefaultLedger = "tokenledger.db";

    public CommandContext(ParseResult parse, CliHost host, CancellationToken cancellation)
    {
        Parse = parse;
        Host = host;
        Cancellation = cancellation;
        Results = new ResultWriter(host, parse);
        Configuration = ConfigurationReader.Read(parse.GetValue(CommonOptions.Config), host.Environment.Variables);
        if (Results.OutputPath is { Length: > 0 } output
            && string.Equals(Path.GetFullPath(output), Path.GetFullPath(LedgerPath), StringComparison.Ordinal))
            throw CommandFailedException.WrongUsage("--output names the ledger, and would overwrite it: name another.");
    }

    public ParseResult Parse { get; }

    public CliHost Host { get; }

    public CancellationToken Cancellation { get; }

    public ResultWriter Results { get; }

    public bool IsQuiet => Parse.GetValue(CommonOptions.Quiet);

    public LedgerConfiguration Configuration { get; }

    public string LedgerPath => Parse.GetValue(CommonOptions.Ledger)
        ?? (Configuration.Storage == StorageKind.Sqlite
            ? Configuration.LedgerPath ?? DefaultLedger
            : throw CommandFailedException.WrongUsage(
                "the configured ledger is on Azure, and this command works on a file: name one with --ledger."));

    /// <summary>The ledger for a command that fills it.</summary>
    public ILedgerStore OpenLedger() => new SqliteLedgerStore(LedgerPath);

    /// <summary>Every port of the ledger, for a command that a service on it must hear of.</summary>
    public ILedgerStorage OpenStorage() => new SqliteLedgerStorage(LedgerPath, Host.Time);

    /// <summary>The ledger for a command that only reads; one that does not exist has nothing to tell.</summary>
    public ILedgerStore OpenExistingLedger() => File.Exists(LedgerPath)
        ? new SqliteLedgerStore(LedgerPath)
        : throw CommandFailedException.WrongUsage(
            $"there is no ledger at {LedgerPath}: fill one with 'tokenledger ingest', or name another with --ledger.");

    public ILogArchive OpenArchive() => new FolderLogArchive(FolderLogArchive.FolderOf(LedgerPath), Host.Time);

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
