using System.Globalization;
using System.Text;
using System.Text.Json;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Samples;

/// <summary>Writes the bill of the sample world: GitHub's AI report as it looked on a given day, and a usage answer that checks it.</summary>
public sealed class SampleBill(SampleWorld world)
{
    // Included credits of the month; what comes after them has a net price.
    private const decimal IncludedUsd = 8m;

    // The provider bills this model above its list price, and nobody announced it.
    private const string DearModel = "Claude Haiku 4.5";
    private const decimal DearFactor = 1.031m;

    private static readonly Dictionary<string, string> DisplayNames = new(StringComparer.Ordinal)
    {
        ["gpt-5.6-luna"] = "GPT-5.6 Luna",
        ["claude-sonnet-5"] = "Claude Sonnet 5",
        ["claude-opus-5"] = "Claude Opus 5",
        ["claude-haiku-4.5"] = "Claude Haiku 4.5",
        ["claude-haiku-4-5-20251001"] = "Claude Haiku 4.5",
        ["nova-2-preview"] = "Nova 2 Preview",
    };

    /// <summary>The AI report over the first days of the month.</summary>
    /// <param name="days">How many days it covers.</param>
    /// <param name="isEarlyLook">Whether the newest day is still without its last hours.</param>
    public byte[] AiReport(int days, bool isEarlyLook)
    {
        var text = new StringBuilder();
        text.Append("\"date\",\"username\",\"product\",\"sku\",\"model\",\"quantity\",\"unit_type\",\"applied_cost_per_quantity\",")
            .Append("\"gross_amount\",\"discount_amount\",\"net_amount\",\"total_monthly_quota\",\"organization\",\"repository\",")
            .Append("\"cost_center_name\",\"aic_quantity\",\"aic_gross_amount\",\"input\",\"output\",\"cache_read\",\"cache_write\"\r\n");
        var left = IncludedUsd;
        for (var day = 0; day < days; day++)
        {
            foreach (var row in RowsOf(day, isEarlyLook && day == days - 1))
            {
                var gross = row.Credits * 0.01m;
                var discount = Math.Min(gross, left);
                left -= Math.Max(discount, 0);
                Append(text, day, row, gross, discount);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The answer of <c>usage</c> for the month: credits by day, and Actions minutes by day and repository.</summary>
    public byte[] Usage(int days)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("usageItems");
            for (var day = 0; day < days; day++)
            {
                var gross = RowsOf(day, false).Sum(row => row.Credits) * 0.01m;
                WriteItem(writer, day, "Copilot", "Copilot AI Credits", Math.Floor(gross * 100), "ai-credits", 0.01m, gross, null);
                foreach (var repository in RunsOn(day).GroupBy(run => run.Workflow.Repository))
                {
                    var minutes = repository.Count() * 7;
                    WriteItem(writer, day, "Actions", "Actions Linux", minutes, "minutes", 0.006m, minutes * 0.006m, repository.Key);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Append(StringBuilder text, int day, Row row, decimal gross, decimal discount)
    {
        string?[] cells =
        [
            SampleWorld.FirstDay.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.User, "copilot", "copilot_ai_credit",
            row.Model, Number(row.Credits), "ai-credits", "0.01", Number(gross), Number(discount), Number(gross - discount), "0", "acme",
            row.Repository, "", "0", "0", Count(row.Tokens?.Input), Count(row.Tokens?.Output), Count(row.Tokens?.CacheRead), Count(row.Tokens?.CacheWrite),
        ];
        text.Append(string.Join(',', cells.Select(cell => $"\"{cell}\""))).Append("\r\n");
    }

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Count(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static void WriteItem(
        Utf8JsonWriter writer, int day, string product, string sku, decimal quantity, string unit, decimal price, decimal gross, string? repository)
    {
        writer.WriteStartObject();
        writer.WriteString("date", SampleWorld.FirstDay.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("product", product);
        writer.WriteString("sku", sku);
        writer.WriteNumber("quantity", quantity);
        writer.WriteString("unitType", unit);
        writer.WriteNumber("pricePerUnit", price);
        writer.WriteNumber("grossAmount", gross);
        writer.WriteNumber("discountAmount", gross);
        writer.WriteNumber("netAmount", 0);
        writer.WriteString("organizationName", "acme");
        if (repository is not null)
            writer.WriteString("repositoryName", repository);
        writer.WriteEndObject();
    }

    private IEnumerable<SampleRun> RunsOn(int day) =>
        world.Runs.Where(run => DateOnly.FromDateTime(run.StartedAt.UtcDateTime) == SampleWorld.FirstDay.AddDays(day));

    private List<Row> RowsOf(int day, bool isEarlyLook)
    {
        var date = SampleWorld.FirstDay.AddDays(day);
        var calls = world.Runs
            .SelectMany(run => run.Calls.Select(call => (Run: run, Call: call)))
            .Where(item => item.Call.Channel == Channel.Copilot && DateOnly.FromDateTime(item.Call.Time.UtcDateTime) == date)
            .Where(item => !isEarlyLook || item.Call.Time.Hour < 12)
            .ToList();
        var rows = calls
            .GroupBy(item => (Model: DisplayNames[item.Call.Model], Repository: item.Call.Model == "claude-opus-5" ? item.Run.Workflow.Repository : ""))
            .OrderBy(group => group.Key.Model, StringComparer.Ordinal)
            .Select(group => new Row(
                "", group.Key.Model, group.Key.Repository,
                (world.CreditsOf(group.Select(item => item.Call)) ?? group.Count() * 2.75m)
                    * (group.Key.Model == DearModel ? DearFactor : 1),
                group.Aggregate(default(TokenCounts), (sum, item) => sum + item.Call.Tokens)))
            .ToList();

        // Somebody calls the CLI from a plain workflow on these days: automation, but no agent run of ours.
        if (day is 2 or 5)
        {
            var at = rows.FindIndex(row => row.Model == "Claude Sonnet 5");
            rows[at] = rows[at] with { Credits = rows[at].Credits + 41.5m, Tokens = rows[at].Tokens! + new TokenCounts(900, 20_000, 100_000, 77_280) };
        }

        rows.Add(new Row("alice", "Claude Sonnet 5", "", 12.5m + (day * 3.25m), null));
        if (day % 2 == 0)
            rows.Add(new Row("bob", "GPT-5.5", "", 30.75m, null));
        if (day == 3)
            rows.Add(new Row("alice", "Code Review model", "", 18.4m, null));
        if (day == 6)
            rows.Add(new Row("bob", "GPT-5.5", "", -10.25m, null));
        return rows;
    }

    private sealed record Row(string User, string Model, string Repository, decimal Credits, TokenCounts? Tokens);
}
