using System.Text.Encodings.Web;

namespace TokenLedger.Hosting.Registration;

/// <summary>The local pages: plain HTML that loads nothing and needs no script.</summary>
internal static class RegistrationPage
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:44rem;padding:0 1rem;color:#1f2328;"
        + "background:#fff}h1{font-size:1.5rem}dt{font-weight:600;margin-top:.6rem}dd{margin:0;overflow-wrap:anywhere}"
        + "button{font:inherit;font-weight:600;margin:1.5rem 0;padding:.6rem 1.2rem;border:0;border-radius:.4rem;"
        + "background:#1f6feb;color:#fff;cursor:pointer}pre{background:#f6f8fa;padding:1rem;overflow-x:auto}";

    /// <summary>The page with the button that posts the manifest to GitHub.</summary>
    public static string Form(RegistrationText text, Uri target, string manifest, string nonce)
    {
        var facts = string.Concat(text.Facts.Select(
            fact => $"<dt>{Encoded(fact.Label)}</dt><dd>{Encoded(fact.Value)}</dd>\n"));
        return Whole("Create the GitHub App", nonce, $"""
            <h1>Create the GitHub App {Encoded(text.AppName)} for {Encoded(text.Owner)}</h1>
            <p>GitHub asks once more, and lets you change the name. Then it sends you back here.</p>
            <dl>
            {facts}</dl>
            <form method="post" action="{Encoded(target.AbsoluteUri)}">
            <input type="hidden" name="manifest" value="{Encoded(manifest)}">
            <button type="submit">Create it on {Encoded(target.Authority)}</button>
            </form>
            <details><summary>The manifest</summary><pre>{Encoded(manifest)}</pre></details>
            """);
    }

    /// <summary>A page that only tells something.</summary>
    public static string Message(string title, string message, string nonce) => Whole(
        title, nonce, $"<h1>{Encoded(title)}</h1>\n<p>{Encoded(message)}</p>");

    private static string Whole(string title, string nonce, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{Encoded(title)} · TokenLedger</title>
        <style nonce="{nonce}">{Style}</style>
        </head>
        <body>
        <main>
        {body}
        </main>
        </body>
        </html>

        """;

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
