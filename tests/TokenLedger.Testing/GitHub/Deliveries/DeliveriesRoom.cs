using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Deliveries;

/// <summary>What the App was sent, and sending it again.</summary>
internal sealed class DeliveriesRoom(FakeDeliveries deliveries, Func<Uri> root) : IRoom
{
    private const int PageItems = 30;
    private const int PageItemsMax = 100;

    public ApiAnswer? Answer(ApiCall call)
    {
        if (call.Path is not ["app", "hook", "deliveries", .. var rest])
            return null;
        if (call.Caller is not { IsApp: true })
            return ApiAnswer.Error(401, "A JSON web token could not be decoded");
        return (call.Method, rest) switch
        {
            ("GET", []) => Listed(call),
            ("GET", [var id]) =>
                Find(id, call.Now) is { } found ? ApiAnswer.Of(found.JsonWithPayload()) : ApiAnswer.NotFound,
            ("POST", [var id, "attempts"]) =>
                Find(id, call.Now) is { } found ? SendAgain(found) : ApiAnswer.NotFound,
            _ => ApiAnswer.NotFound,
        };
    }

    private FakeDelivery? Find(string id, DateTimeOffset now) =>
        deliveries.Told(now).FirstOrDefault(item => Text(item.Id) == id);

    private ApiAnswer SendAgain(FakeDelivery delivery)
    {
        deliveries.SendAgain(delivery);
        return ApiAnswer.Of(new JsonObject(), 202);
    }

    private ApiAnswer Listed(ApiCall call)
    {
        IEnumerable<FakeDelivery> all = deliveries.Told(call.Now);
        if (call.Query["status"] is [{ } status])
            all = all.Where(item => item.IsOk == (status == "success"));
        // A cursor is the place after a delivery; what is new since then does not move it.
        if (call.Query["cursor"] is [{ } cursor])
        {
            var id = cursor.Replace("v1_", "", StringComparison.Ordinal);
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
                return ApiAnswer.Error(400, "Invalid cursor");
            all = all.Where(item => item.Id < after);
        }

        var size = call.Number("per_page", PageItems, PageItemsMax);
        var items = all.Take(size + 1).ToList();
        var answer = ApiAnswer.Of(new JsonArray([.. items.Take(size).Select(item => item.Json())]));
        if (items.Count <= size)
            return answer;
        var query = call.Query.Where(item => item.Key != "cursor")
            .Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value.ToString())}")
            .Append($"cursor=v1_{Text(items[size - 1].Id)}");
        return answer.With(
            "Link", $"<{root().AbsoluteUri}app/hook/deliveries?{string.Join('&', query)}>; rel=\"next\"");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
