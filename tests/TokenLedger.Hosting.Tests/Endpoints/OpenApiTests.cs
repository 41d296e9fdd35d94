using TokenLedger.Hosting.Endpoints;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class OpenApiTests
{
    [Fact]
    public void The_document_lists_every_route_and_no_other() => Assert.Equal(
        LedgerEndpoints.Routes
            .Select(route => $"{route.Method} {route.Pattern.Replace(":long", "", StringComparison.Ordinal)}")
            .Order(StringComparer.Ordinal),
        new OpenApiDocument().Operations.Order(StringComparer.Ordinal));
}
