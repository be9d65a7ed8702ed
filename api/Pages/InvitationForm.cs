using Sluice.Api.Management.Invitations;

namespace Sluice.Api.Pages;

/// <summary>What a visitor has entered into an invitation's form, and the rules that it breaks.</summary>
/// <param name="Request">The fields; empty before anything was entered.</param>
/// <param name="Broken">Nothing before anything was entered.</param>
internal sealed record InvitationForm(AcceptInvitationRequest Request, IReadOnlyList<FieldError> Broken)
{
    public const string Token = "token";
    public const string UserName = "userName";
    public const string Password = "password";
    public const string Email = "email";

    /// <summary>Returns the form before anything was entered.</summary>
    public static InvitationForm Empty(string token) => new(new(token, null, null, null), []);

    /// <summary>Reads what was posted. An address that was left empty is none.</summary>
    public static AcceptInvitationRequest Read(IFormCollection form) => new(
        form[Token],
        form[UserName],
        form[Password],
        string.IsNullOrWhiteSpace(form[Email]) ? null : form[Email].ToString().Trim());

    /// <summary>Returns the token only as a placeholder, because forms must not be printed.</summary>
    public override string ToString() => nameof(InvitationForm);
}
