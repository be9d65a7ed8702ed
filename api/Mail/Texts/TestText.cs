namespace Sluice.Api.Mail.Texts;

/// <summary>The mail that tests whether mail arrives.</summary>
internal static class TestText
{
    public const string Kind = "test";

    internal sealed record Model(string Tenant, DateTimeOffset At);

    public static MailContent Write(Model model, string timeZone, MailLanguage language)
    {
        var account = language.Quote(model.Tenant);
        return new(
            language.Say($"Test mail for the account {account}", $"Message d'essai pour le compte {account}"),
            [language.Say(
                $"This is a test: notifications of the account {account} reach this address.",
                $"Ceci est un essai : les notifications du compte {account} parviennent à cette adresse.")],
            [
                new(language.Say("Account", "Compte"), model.Tenant),
                new(language.Say("Time", "Date et heure"), language.Time(model.At, timeZone)),
            ],
            null,
            [language.Say("There is nothing to do.", "Aucune action n'est nécessaire.")]);
    }
}
