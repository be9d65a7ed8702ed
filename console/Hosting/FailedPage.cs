using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.WebConsole.Assets;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Hosting;

/// <summary>What is shown in place of a page that could not be made.</summary>
public static class FailedPage
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Makes the page.</summary>
    /// <param name="request">The request of the page that failed.</param>
    /// <param name="status">The status of the answer.</param>
    public static IResult Show(HttpRequest request, int status)
    {
        ArgumentNullException.ThrowIfNull(request);
        var view = request.HttpContext.RequestServices.GetRequiredService<ConsoleView>();
        var language = view.Language;
        // Not the view's: it may not have got as far as to know where it is.
        var address = request.Path + request.QueryString;
        var passes = status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests
            or StatusCodes.Status409Conflict;
        var title = language[passes ? "Try again in a moment" : "This page could not be made"];
        var text = language[HttpMethods.IsPost(request.Method)
            ? "It is not certain that what you sent was done. Go back and send the same form again: it is done once."
            : "Nothing was changed."];
        return Results.Content(
            $"""
            <!DOCTYPE html>
            <html lang="{language.Code}" data-theme="{view.Theme}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Encoder.Encode(title)} · Sluice</title>
              <link rel="stylesheet" href="{ConsoleAssets.AddressOf("console.css")}">
            </head>
            <body>
              <div class="plain">
                <header class="plain-head"><span class="product">Sluice</span></header>
                <main id="main" class="card">
                  <h1>{Encoder.Encode(title)}</h1>
                  <div class="notice bad" role="alert"><p>{Encoder.Encode(text)}</p></div>
                  <p>
                    <a class="button" href="{Encoder.Encode(address)}">{Encoder.Encode(language["Try again"])}</a>
                    <a class="button" href="{ConsoleGuard.Root}">{Encoder.Encode(language["Overview"])}</a>
                  </p>
                </main>
              </div>
            </body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status);
    }
}
