"""What an account remembers of how its person likes pages: settings, never their reasons."""
