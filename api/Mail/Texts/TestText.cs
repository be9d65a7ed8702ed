namespace Sluice.Api.Mail.Texts;

/// <summary>The mail that tests whether mail arrives.</summary>
internal static class TestText
{
    public const string Kind = "test";

    internal sealed record Model(string Tenant, DateTimeOffset At);

    public static MailContent Write(Model model, string timeZone, MailLanguage tongue)
    {
        var account = tongue.Quote(model.Tenant);
        return new(
            tongue.Say($"Test mail for the account {account}", $"Message d'essai pour le compte {account}"),
            [tongue.Say(
                $"This is a test: notifications of the account {account} reach this address.",
                $"Ceci est un essai : les notifications du compte {account} parviennent à cette adresse.")],
            [
                new(tongue.Say("Account", "Compte"), model.Tenant),
                new(tongue.Say("Time", "Date et heure"), tongue.Time(model.At, timeZone)),
            ],
            null,
            [tongue.Say("There is nothing to do.", "Aucune action n'est nécessaire.")]);
    }
}
