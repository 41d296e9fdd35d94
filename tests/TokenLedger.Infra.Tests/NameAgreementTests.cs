using System.Text.Json;
using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Endpoints;
using TokenLedger.Infra.Tests.Planning;
using TokenLedger.Storage.Azure.Ledger;

namespace TokenLedger.Infra.Tests;

/// <summary>What the templates make is what the code asks for, and what <c>function.json</c> files listen to.</summary>
public sealed class NameAgreementTests(Plans plans)
{
    private const string PackageContainer = "app-package";

    [Fact]
    public async Task The_tables_are_the_ledgers() => Assert.Equal(
        LedgerNames.Tables.Order(StringComparer.Ordinal),
        (await plans.LeastAsync()).NamesOf("Microsoft.Storage/storageAccounts/tableServices/tables")
            .Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_containers_are_the_ledgers_and_the_packages() => Assert.Equal(
        LedgerNames.Containers.Append(PackageContainer).Order(StringComparer.Ordinal),
        (await plans.LeastAsync()).NamesOf("Microsoft.Storage/storageAccounts/blobServices/containers")
            .Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_queues_are_the_ledgers_each_with_its_poison_queue() => Assert.Equal(
        QueueNames.All.Concat(QueueNames.All.Select(QueueNames.PoisonOf)).Order(StringComparer.Ordinal),
        (await plans.LeastAsync()).NamesOf("Microsoft.Storage/storageAccounts/queueServices/queues")
            .Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_queue_that_a_function_listens_to_is_made_and_its_connection_is_set()
    {
        var plan = await plans.LeastAsync();
        var queues = plan.NamesOf("Microsoft.Storage/storageAccounts/queueServices/queues").ToList();
        var triggers = Bindings("queueTrigger").ToList();
        Assert.NotEmpty(triggers);
        Assert.All(triggers, trigger =>
        {
            Assert.Contains(trigger.GetProperty("queueName").GetString(), queues);
            var connection = trigger.GetProperty("connection").GetString()!;
            Assert.Contains(connection + "__accountName", plan.AppSettings);
            Assert.Equal("managedidentity", plan.AppSettings[connection + "__credential"]);
            Assert.Contains(connection + "__clientId", plan.AppSettings);
        });
    }

    [Fact]
    public async Task The_package_lies_in_its_container() => Assert.Contains(
        PackageContainer,
        (await plans.LeastAsync()).App.TextAt("functionAppConfig", "deployment", "storage", "value"),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_address_for_GitHub_is_the_webhooks_route()
    {
        var template = await plans.TemplateAsync();
        var functions = template.GetProperty("resources").GetProperty("functions").GetProperty("properties")
            .GetProperty("template");
        var webhook = functions.GetProperty("variables").GetProperty("webhook");
        var route = LedgerEndpoints.Routes.Single(route => route.Method == "POST").Pattern.TrimStart('/');
        Assert.Equal(route, webhook.GetProperty("path").GetString());
        Assert.Contains(
            "variables('webhook').path",
            functions.GetProperty("outputs").GetProperty("webhookUrl").GetProperty("value").GetString(),
            StringComparison.Ordinal);
        Assert.Contains(
            route,
            Bindings("httpTrigger", webhook.GetProperty("function").GetString()!)
                .Select(trigger => trigger.GetProperty("route").GetString()));
    }

    private static IEnumerable<JsonElement> Bindings(string type) =>
        Repository.FunctionFiles.Keys.SelectMany(function => Bindings(type, function));

    private static List<JsonElement> Bindings(string type, string function)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.FunctionFiles[function]));
        return
        [
            .. document.RootElement.GetProperty("bindings").EnumerateArray()
                .Where(binding => binding.GetProperty("type").GetString() == type)
                .Select(binding => binding.Clone()),
        ];
    }
}
