using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TokenLedger.Cli;

/// <summary>Options that every command takes, and the parsers that they share.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Ledger = new("--ledger")
    {
        Description = "The ledger's file (default: configuration, else ./tokenledger.db).",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<OutputFormat> Format = new("--format")
    {
        Description = "table, json, csv or markdown.",
        HelpName = "FORMAT",
        Recursive = true,
        CustomParser = result => ParseName<OutputFormat>(result),
    };

    public static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Write the result to this file; for reconcile the JSON artifact; for demo a folder.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string?> Config = new("--config")
    {
        Description = "A JSON file with configuration; TokenLedger__… variables win over it, flags over both.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "No progress and no warnings on standard error.",
        Recursive = true,
    };

    public static readonly IReadOnlyList<Option> All = [Ledger, Format, Output, Config, Quiet];

    public static Option<DateOnly?> Day(string name, string description, bool isRequired = false) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        Required = isRequired,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"{name}: '{text}' is no day; write it as 2026-09-01.");
            return null;
        },
    };

    public static Option<long?> Number(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                return number;
            result.AddError($"{name}: '{text}' is no whole number from 1 on.");
            return null;
        },
    };

    public static Option<string?> Text(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
    };

    public static T ParseName<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var text = result.Tokens[0].Value;
        // Names only: Enum.TryParse takes numbers too.
        if (!char.IsAsciiDigit(text.FirstOrDefault('0')) && Enum.TryParse<T>(text, ignoreCase: true, out var value))
            return value;
        result.AddError($"'{text}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return default;
    }
}
