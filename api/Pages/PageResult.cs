using System.Text;
using Sluice.Api.Mail.Texts;

namespace Sluice.Api.Pages;

/// <summary>
/// Sends a page. It is never stored, framed or named as a referrer, because its address may hold an invitation's token.
/// </summary>
internal sealed class PageResult(int status, string title, string body, MailLanguage language) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var page = Encoding.UTF8.GetBytes(PageLayout.Page(title, body, language));
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.ContentLanguage = language.Code;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = PageLayout.ContentSecurityPolicy;
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(page, httpContext.RequestAborted);
    }
}
