using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace TokenLedger.Hosting.Serving;

/// <summary>The least of ASP.NET Core that answers: Kestrel and routing.</summary>
/// <remarks>What is not there takes no time to start.</remarks>
public static class WebHost
{
    // GitHub sends at most 25 MB (webhook documentation, 2026-10); a little more, so that our own bound answers.
    private const long BodyBytesMax = 26L * 1024 * 1024;

    /// <summary>A web application that listens where it is told and on nothing else.</summary>
    public static WebApplication Create(IEnumerable<Uri> urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            foreach (var url in urls)
                Listen(kestrel, url);
        });
        builder.Services.AddRoutingCore();
        return builder.Build();
    }

    private static void Listen(KestrelServerOptions kestrel, Uri url)
    {
        if (ListenAddress.IsLocalhost(url))
            kestrel.ListenLocalhost(url.Port);
        else
            kestrel.Listen(
                ListenAddress.IpOf(url) ?? throw new ArgumentException($"{url.Host} is no IP address.", nameof(url)),
                url.Port);
    }
}
