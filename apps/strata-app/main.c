/* The process that an app is: it loads the bundle's module and runs it (<ui/app.h>). */
#include <ui/app.h>

int main(int argc, char **argv)
{
	return ui_app_main(argc, argv);
}
