using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages.Platform;

/// <summary>What mails are about, as people read it.</summary>
internal static class MailWords
{
    public static string KindOf(string kind, Language language) => kind switch
    {
        "warning" => language["warning reached"],
        "blocked" => language["limit reached"],
        "invitation" => language["invitation"],
        "quota_requested" => language["quota requested"],
        "quota_decided" => language["quota decided"],
        "test" => language["test"],
        _ => kind,
    };
}
