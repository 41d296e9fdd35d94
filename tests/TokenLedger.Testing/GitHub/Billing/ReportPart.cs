using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>Report exports of an enterprise, one at a time.</summary>
internal sealed class ReportPart(FakeReports reports, FakeDownloads downloads) : IBillingPart
{
    public ApiAnswer? Answer(BillingCall call, IReadOnlyList<FakeCharge> charges)
    {
        if (!call.IsOfEnterprise || call.Rest is not ["reports", ..])
            return null;
        lock (reports.Entry)
        {
            return (call.Call.Method, call.Rest) switch
            {
                ("POST", ["reports"]) => Start(call),
                ("GET", ["reports", var id]) =>
                    reports.Made.Find(report => report.Id == id && report.Account == call.Account) is { } report
                        ? Look(call, report, charges)
                        : ApiAnswer.NotFound,
                _ => null,
            };
        }
    }

    private ApiAnswer Start(BillingCall call)
    {
        if (reports.IsBusy || reports.Made.Exists(report => report.Account == call.Account && IsGoingOn(report, call)))
            return ApiAnswer.Error(409, "Another report is being made");
        var asked = JsonNode.Parse(call.Call.Body)!.AsObject();
        var (from, to) = ((string)asked["start_date"]!, (string)asked["end_date"]!);
        if (DayOf(to).DayNumber - DayOf(from).DayNumber > 30)
            return ApiAnswer.Error(400, "The range is over 31 days");
        var report = new FakeReport(
            $"9b1c2f4e-{reports.Made.Count:x4}-4f3b-8a55-1f0e6d3c7a21", call.Account, (string)asked["report_type"]!,
            from, to, call.Call.Now);
        reports.Made.Add(report);
        return ApiAnswer.Of(JsonOf(report, "processing"), 202);
    }

    private bool IsGoingOn(FakeReport report, BillingCall call) =>
        !report.IsEnded && !(call.Call.Now - report.AskedAt >= reports.MadeAfter);

    private ApiAnswer Look(BillingCall call, FakeReport report, IReadOnlyList<FakeCharge> charges)
    {
        if (reports.NeverEnds || report.Looks++ < reports.LooksUntilMade)
            return ApiAnswer.Of(JsonOf(report, "processing"));
        report.IsEnded = true;
        if (reports.Fails)
            return ApiAnswer.Of(JsonOf(report, "failed"));
        var answer = JsonOf(report, "completed");
        var rows = charges
            .Where(charge => charge.Day >= DayOf(report.From) && charge.Day <= DayOf(report.To))
            .Select(charge => RowOf(call, reports.ReceivedType ?? report.Type, charge))
            .OfType<string>().ToList();
        // A report without rows has no address.
        if (rows.Count > 0)
        {
            var header = HeaderOf(reports.ReceivedType ?? report.Type);
            answer["download_urls"] = new JsonArray(
            [
                .. rows.Chunk((rows.Count / reports.Files) + (rows.Count % reports.Files == 0 ? 0 : 1))
                    .Select(chunk => Encoding.UTF8.GetBytes($"{header}\n{string.Join('\n', chunk)}\n"))
                    .Select(csv => (JsonNode)downloads.AddressOf(report.Id, csv, call.Call.Now).AbsoluteUri),
            ]);
        }

        return ApiAnswer.Of(answer);
    }

    private static JsonObject JsonOf(FakeReport report, string status) => new()
    {
        ["id"] = report.Id,
        ["report_type"] = report.Type,
        ["start_date"] = report.From,
        ["end_date"] = report.To,
        ["status"] = status,
        ["actor"] = "billing-bot",
    };

    private static string HeaderOf(string type) => type == "ai_credit"
        ? "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,"
            + "net_amount,organization,repository,cost_center_name"
        : "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,"
            + "username,organization,repository,workflow_path,cost_center_name";

    private static string? RowOf(BillingCall call, string type, FakeCharge charge)
    {
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{charge.Quantity},{charge.Unit},0.01,{charge.GrossUsd},{charge.GrossUsd},0");
        var organization = charge.Organization ?? call.Name;
        var day = charge.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return type != "ai_credit"
            ? $"{day},{charge.Product},{charge.Sku},{figures},{charge.User},{organization},{charge.Repository},"
                + $"{charge.WorkflowPath},{charge.CostCenter}"
            : charge.Unit is "ai-credits"
                ? $"{day},{charge.User},{charge.Product},{charge.Sku},{charge.Model},{figures},{organization},"
                    + $"{charge.Repository},{charge.CostCenter}"
                : null;
    }

    private static DateOnly DayOf(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
