using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TokenLedger.Testing.GitHub;

/// <summary>GitHub's billing endpoint on a free port of this machine, with a bill that a test can set.</summary>
public sealed class FakeGitHub : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly ConcurrentDictionary<string, bool> accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Account, DateOnly Day), JsonArray> bills = new();
    private readonly ConcurrentQueue<FakeGitHubRequest> requests = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock faultLock = new();
    private FakeGitHubFault? fault;
    private int faultsLeft;

    private FakeGitHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        host = builder.Build();
        host.Run(AnswerAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Url => new(host.Urls.Single());

    /// <summary>The only token it accepts.</summary>
    public string Token { get; } = "ghp_onlyTheFakeOneKnowsThis0123456789";

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<FakeGitHubRequest> Requests => [.. requests];

    /// <summary>Starts it.</summary>
    public static async Task<FakeGitHub> StartAsync(CancellationToken cancellation)
    {
        var started = new FakeGitHub();
        await started.host.StartAsync(cancellation);
        return started;
    }

    /// <summary>Makes an account known whose bill is empty until a day is set.</summary>
    /// <param name="account"><c>organizations/acme</c> or <c>enterprises/acme-inc</c>.</param>
    public void Add(string account) => accounts[account] = true;

    /// <summary>Sets the bill of a day: credits by model, 0.01 USD each, all of them discounted.</summary>
    public void SetBill(string account, DateOnly day, params (string Model, decimal Credits)[] rows)
    {
        Add(account);
        bills[(account, day)] = [.. rows.Select(row => new JsonObject
        {
            ["product"] = "Copilot",
            ["sku"] = "Copilot AI Credits",
            ["model"] = row.Model,
            ["unitType"] = "ai-credits",
            ["pricePerUnit"] = 0.01m,
            ["grossQuantity"] = row.Credits,
            ["grossAmount"] = row.Credits / 100,
            ["discountQuantity"] = row.Credits,
            ["discountAmount"] = row.Credits / 100,
            ["netQuantity"] = 0m,
            ["netAmount"] = 0m,
        })];
    }

    /// <summary>Makes the next requests fail; null for none.</summary>
    public void Misbehave(FakeGitHubFault? next)
    {
        lock (faultLock)
        {
            fault = next;
            faultsLeft = next?.Times ?? 0;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        // Ends stalled answers.
        await stopping.CancelAsync();
        await host.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        requests.Enqueue(new FakeGitHubRequest(
            request.Path + request.QueryString,
            request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        var path = request.Path.Value!.Trim('/').Split('/', 3);
        var day = DayOf(request.Query);
        if (TakeFault(day) is { } wrong)
        {
            await FailAsync(context, wrong, BillOf(path, day));
            return;
        }

        var account = path.Length == 3 ? $"{path[0]}/{path[1]}" : "";
        if (request.Headers.Authorization.ToString() != $"Bearer {Token}")
            await WriteAsync(context, 401, """{"message":"Bad credentials"}""");
        else if (path is not [_, _, "settings/billing/ai_credit/usage"] || !accounts.ContainsKey(account))
            await WriteAsync(context, 404, """{"message":"Not Found"}""");
        else
            await WriteAsync(context, 200, BillOf(path, day));
    }

    private FakeGitHubFault? TakeFault(DateOnly? day)
    {
        lock (faultLock)
        {
            if (fault is null || faultsLeft == 0 || (fault.Day is { } only && only != day))
                return null;
            faultsLeft--;
            return fault;
        }
    }

    // Without a day the real one adds up the month and echoes none.
    private string BillOf(string[] path, DateOnly? day)
    {
        var period = new JsonObject { ["year"] = day?.Year ?? 2026, ["month"] = day?.Month ?? 1 };
        if (day is not null)
            period["day"] = day.Value.Day;
        var isEnterprise = path[0] == "enterprises";
        return new JsonObject
        {
            ["timePeriod"] = period,
            [isEnterprise ? "enterprise" : "organization"] = path.ElementAtOrDefault(1),
            ["usageItems"] = day is { } known
                && bills.TryGetValue(($"{path[0]}/{path.ElementAtOrDefault(1)}", known), out var rows)
                ? rows.DeepClone()
                : new JsonArray(),
        }.ToJsonString();
    }

    private async Task FailAsync(HttpContext context, FakeGitHubFault wrong, string bill)
    {
        if (wrong.IsDropped)
        {
            context.Abort();
            return;
        }

        foreach (var (name, value) in wrong.Headers)
            context.Response.Headers[name] = value;
        var body = wrong.Body ?? bill;
        if (!wrong.IsCut && !wrong.IsStalled)
        {
            await WriteAsync(context, wrong.Status, body);
            return;
        }

        context.Response.StatusCode = wrong.Status;
        context.Response.ContentLength = body.Length;
        await context.Response.WriteAsync(body[..(body.Length / 2)]);
        await context.Response.Body.FlushAsync();
        // Ending with fewer bytes than promised makes the server send what there is and close the connection.
        if (wrong.IsStalled)
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body);
    }

    private static DateOnly? DayOf(IQueryCollection query) => DateOnly.TryParseExact(
        $"{query["year"]}-{query["month"]}-{query["day"]}", "yyyy-M-d", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;
}
