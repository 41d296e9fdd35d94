using System.Globalization;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Ingestion.Tests.Billing;

/// <summary>The folders under <c>Cases</c>: a bill, the flags it is imported with, and what must come of it.</summary>
internal static class BillCases
{
    public static readonly ModelNames Names = new([]);

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Billing", "Cases");

    public static IEnumerable<string> All =>
        Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static byte[] Content(string name) =>
        File.ReadAllBytes(Directory.GetFiles(Path.Combine(Root, name), "bill.*").Single());

    public static string Expected(string name) => File.ReadAllText(Path.Combine(Root, name, "expected.txt"));

    public static BillFile Read(string name) => Read(name, Content(name));

    public static BillFile Read(string name, byte[] content) =>
        BillReader.Read(content, "bill", Hints(name), Names);

    public static BillHints Hints(string name)
    {
        var path = Path.Combine(Root, name, "flags.txt");
        var flags = (File.Exists(path) ? File.ReadAllLines(path) : [])
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new BillHints
        {
            Organization = flags.GetValueOrDefault("org"),
            Enterprise = flags.GetValueOrDefault("enterprise"),
            Channel = flags.TryGetValue("channel", out var channel) ? new Channel(channel) : null,
            Day = flags.TryGetValue("day", out var day)
                ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null,
        };
    }
}
